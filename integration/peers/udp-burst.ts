import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

export interface Burst {
  /** The address of the server. */
  readonly to: string;
  readonly text: string;
  readonly count: number;
  /** What each datagram is filled up to, with dots. */
  readonly bytes: number;
}

/** Sends `TEXT 1`, `TEXT 2`, … from a new socket, one after the other, and waits for no echo. */
export async function burst({ to, text, count, bytes }: Burst): Promise<void> {
  const socket = createSocket(isIPv6(to) ? 'udp6' : 'udp4');
  try {
    for (let n = 1; n <= count; n += 1) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      socket.send(`${text} ${n}`.padEnd(bytes, '.'), 50_000, to, (error) =>
        error ? reject(error) : resolve(),
      );
      await promise;
    }
  } finally {
    socket.close();
  }
}
