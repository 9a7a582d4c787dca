/**
 * The live page of `./socketlab watch --page`: events in, a page in a browser of this machine out, and what is done on the
 * page back to the lab.
 *
 *   source ──events──▶ broadcast ──▶ event stream ──▶ page ──▶ timeline ──▶ diagram
 *   actions ◀──────── api ◀── break, heal, hold, decide ──┘
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LabEvent } from '../lab/index.ts';
import type { Actions } from './actions.ts';
import { Broadcast, type BroadcastOptions } from './broadcast.ts';
import { PageError } from './page-error.ts';
import { handler } from './routes.ts';
import { Stepping } from './stepping.ts';

const PORT_DEFAULT = 8650;

export interface PageOptions extends BroadcastOptions {
  /** Default 8650; 0 for any that is free. */
  readonly port?: number;
}

/** A page that is served until it is disposed of. */
export interface Page extends AsyncDisposable {
  /** For a browser on this machine, with the token. */
  readonly url: string;
}

/**
 * Serves the page on the loopback interface.
 *
 * @param source What happens, live or from a recording. It is read to its end, or until the page is disposed of.
 * @param actions What can be done from the page; undefined for a recording, to which nothing can be done.
 * @throws {PageError} `PORT_IN_USE`, or `LISTEN_FAILED`
 *
 * @example
 * await using page = await servePage(events, labActions(lab));
 * console.log(page.url); // http://127.0.0.1:8650/wMPsOwtW…/
 */
export async function servePage(
  source: AsyncIterable<LabEvent>,
  actions: Actions | undefined,
  options: PageOptions = {},
): Promise<Page> {
  const { port: wanted = PORT_DEFAULT, ...limits } = options;
  const token = randomBytes(24).toString('base64url');
  const server = createServer();
  const port = await listen(server, wanted);
  const broadcast = new Broadcast(limits);
  const stepping =
    actions && new Stepping(actions, () => broadcast.heldChanged(() => stepping?.list ?? null));
  const instruments = actions && stepping && { actions, stepping };
  server.on('request', handler({ door: { port, token }, broadcast, instruments }));
  const events = source[Symbol.asyncIterator]();
  void pour(events, broadcast);
  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    [Symbol.asyncDispose]: async () => {
      // Not awaited: a source that waits for its next event may not answer.
      void events.return?.().catch(() => undefined);
      broadcast[Symbol.dispose]();
      await Promise.allSettled([stepping?.[Symbol.asyncDispose](), close(server)]);
    },
  };
}

async function pour(events: AsyncIterator<LabEvent>, broadcast: Broadcast): Promise<void> {
  try {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      broadcast.push(next.value);
    }
    broadcast.finish({});
  } catch (error) {
    broadcast.finish({ trouble: error instanceof Error ? error.message : String(error) });
  }
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    const isInUse = (cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
    const why = isInUse ? 'another program uses it' : (cause as Error).message;
    const code = isInUse ? 'PORT_IN_USE' : 'LISTEN_FAILED';
    throw new PageError(code, `Cannot serve the page on port ${port}: ${why}`, { cause });
  }
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
