import type { Socket } from 'node:net';
import { endpoint, inWords } from '../shared/endpoint.ts';
import type { Log } from '../shared/log.ts';

interface Greeting {
  readonly bytes: Buffer;
  readonly log: Log;
  /** How long the client may keep its connection, in milliseconds: then it is cut off. */
  readonly deadlineMs: number;
}

/**
 * Serves one client: sends the greeting, then FIN, and waits for the client's FIN.
 *
 * What the client sends is read and thrown away: closing a socket with unread input sends RST, which can destroy the
 * greeting on its way (RFC 2525, section 2.17).
 *
 * @returns when the connection is closed, however that came about; it never rejects.
 */
export async function greet(socket: Socket, { bytes, log, deadlineMs }: Greeting): Promise<void> {
  const local = endpoint(socket.localAddress, socket.localPort);
  const peer = endpoint(socket.remoteAddress, socket.remotePort);
  const about = { local, peer };
  log.info({ event: 'accepted', ...about }, `accepted a connection from ${inWords(peer)}`);

  const deadline = setTimeout(() => {
    const why = `it did not close within ${deadlineMs} ms`;
    log.warn({ event: 'cut-off', ...about }, `cut off ${inWords(peer)}: ${why}`);
    socket.destroy();
  }, deadlineMs);
  socket.on('error', ({ message }) => {
    log.warn({ event: 'aborted', ...about }, `${inWords(peer)} aborted the connection: ${message}`);
  });

  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.resume();
  socket.end(bytes);
  await closed;

  clearTimeout(deadline);
  log.info(
    { event: 'closed', ...about, bytes: socket.bytesWritten, bytesIgnored: socket.bytesRead },
    `closed the connection with ${inWords(peer)}, ${socket.bytesWritten} bytes sent`,
  );
}
