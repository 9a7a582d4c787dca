import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { endChild } from './end-child.ts';

/**
 * How much of a packet is kept, in bytes: the longest packet with its link header. The kernel's buffer has a slot of this size for
 * each packet that waits for tcpdump (packet(7), PACKET_RX_RING): with tcpdump's default, few packets would fill it.
 */
const SNAPSHOT_BYTES = 65_600;
/** The size of that buffer: room for 500 packets. */
const BUFFER_KIB = 32 * 1024;

/** tcpdump at one interface. */
export class Tap {
  /** Whether the capture has begun: then it writes the header of its file. */
  readonly hasBegun: Promise<boolean>;
  readonly ended: Promise<unknown>;
  readonly output: Readable;
  readonly #child: ChildProcess;

  constructor(name: string) {
    // -Z: it stays root, as it has no capability to change its user.
    const child = spawn(
      'tcpdump',
      [
        '-i',
        name,
        '-n',
        '-U',
        '-Z',
        'root',
        '-w',
        '-',
        '--immediate-mode',
        '--time-stamp-precision=nano',
        '-s',
        `${SNAPSHOT_BYTES}`,
        '-B',
        `${BUFFER_KIB}`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    this.output = child.stdout;
    this.ended = once(child, 'close').catch((error: Error) => console.error(error.message));
    this.hasBegun = Promise.race([once(child.stdout, 'readable'), this.ended]).then(
      () => child.stdout.readableLength > 0,
    );
  }

  async stop(): Promise<void> {
    await endChild(this.#child);
    await this.ended;
  }
}
