import type { Socket } from 'node:dgram';
import { endpoint } from '../shared/endpoint.ts';
import type { Log } from '../shared/log.ts';
import { preview } from '../shared/preview.ts';

/** The echo that a client waits for, whichever of its tries it answers. */
export class EchoArrival {
  /** Resolves with the echo when it arrives; rejects when the kernel reports that the server refused. */
  readonly echo: Promise<Buffer>;
  /** Whether something else came than the echo. */
  mismatched = false;
  readonly #expected: Buffer;

  constructor(socket: Socket, message: string, log: Log) {
    this.#expected = Buffer.from(`Echo: ${message}`);
    const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
    this.echo = promise;
    // A refusal may come while nothing waits: the next wait is rejected with it.
    promise.catch(() => undefined);

    socket.on('error', reject);
    socket.on('message', (datagram, peer) => {
      if (datagram.equals(this.#expected)) return resolve(datagram);
      this.mismatched = true;
      log.warn(
        {
          event: 'mismatch',
          peer: endpoint(peer.address, peer.port),
          bytes: datagram.length,
          text: preview(datagram),
        },
        `ignored ${this.#whyNot(datagram)}: ${preview(datagram)}`,
      );
    });
  }

  #whyNot(datagram: Buffer): string {
    const whole = this.#expected.length;
    const isCut =
      datagram.length > 0 && datagram.equals(this.#expected.subarray(0, datagram.length));
    return isCut
      ? `an echo that was cut to ${datagram.length} of ${whole} bytes; the server's buffer is smaller than the message`
      : `${datagram.length} bytes that are not the echo`;
  }
}
