import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PageError } from './page-error.ts';
import { protect, replyText } from './reply.ts';

const DEFAULT = 8650;

/** A port of the loopback interface that no other program can take, until it is disposed of. */
export interface TakenPort extends AsyncDisposable {
  readonly number: number;
  /** Until there is a page, it answers every request with 503. */
  readonly server: Server;
}

/**
 * Takes a port for a page, before there is anything to show on it.
 *
 * @param wanted Default 8650; 0 for any that is free.
 * @throws {PageError} `PORT_IN_USE`, or `LISTEN_FAILED`
 */
export async function takePort(wanted = DEFAULT): Promise<TakenPort> {
  const server = createServer((_, response) => {
    protect(response, { preview: false });
    replyText(response, 503, 'There is no page yet');
  });
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (cause) {
    const isInUse = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const why = isInUse ? 'another program uses it' : (cause as Error).message;
    const code = isInUse ? 'PORT_IN_USE' : 'LISTEN_FAILED';
    throw new PageError(code, `Cannot serve the page on port ${wanted}: ${why}`, { cause });
  }
  return {
    number: (server.address() as AddressInfo).port,
    server,
    [Symbol.asyncDispose]: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
