/**
 * The live page of `./socketlab watch --page`: events in, a page in a browser out, and what is done on the
 * page back to the lab.
 *
 *   source ──events──▶ broadcast ──▶ event stream ──▶ page ──▶ timeline ──▶ diagram
 *   actions ◀──────── api ◀── break, heal, hold, decide ──┘
 */
import { randomBytes } from 'node:crypto';
import type { LabEvent } from '../lab/index.ts';
import type { Actions } from './actions.ts';
import { Broadcast, type BroadcastOptions } from './broadcast.ts';
import { type TakenPort, takePort } from './port.ts';
import { RECORDING_LIMITS } from './ring.ts';
import { handler } from './routes.ts';
import { Stepping } from './stepping.ts';

export interface PageOptions extends BroadcastOptions {
  /** A number as `takePort` wants it, or what it gave: that goes with the page, too. */
  readonly port?: number | TakenPort;
  /** Where the port is forwarded to, ending in a slash. Default: it is not forwarded. */
  readonly forwarded?: URL | undefined;
  /** What starts the page again when its server has gone, as it is typed: the page shows it then. */
  readonly command?: string | undefined;
  /** Lets an editor show the page in a preview: see `Door`. Default: false. */
  readonly preview?: boolean | undefined;
}

/** A page that is served until it is disposed of. */
export interface Page extends AsyncDisposable {
  /** The address to open, with the token: where the port is forwarded to, or else `localUrl`. */
  readonly url: string;
  /** For a browser on this machine. */
  readonly localUrl: string;
}

/** A recording is no lab that a page has to keep up with: nothing of it is left out. */
const WHOLE = { ...RECORDING_LIMITS, maxEventsPerSecond: Number.POSITIVE_INFINITY } as const;

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
  const { port: wanted, forwarded, preview = false, command, ...limits } = options;
  const token = randomBytes(24).toString('base64url');
  const taken = typeof wanted === 'object' ? wanted : await takePort(wanted);
  const { number: port, server } = taken;
  const broadcast = new Broadcast({ ...(actions ? {} : WHOLE), ...limits });
  const stepping =
    actions && new Stepping(actions, () => broadcast.heldChanged(() => stepping?.list ?? null));
  const instruments = actions && stepping && { actions, stepping };
  server.removeAllListeners('request');
  const door = { port, token, forwarded, preview };
  server.on('request', handler({ door, broadcast, command, instruments }));
  const events = source[Symbol.asyncIterator]();
  void pour(events, broadcast);
  const localUrl = `http://127.0.0.1:${port}/${token}/`;
  return {
    url: forwarded === undefined ? localUrl : `${forwarded}${token}/`,
    localUrl,
    [Symbol.asyncDispose]: async () => {
      // Not awaited: a source that waits for its next event may not answer.
      void events.return?.().catch(() => undefined);
      broadcast[Symbol.dispose]();
      await Promise.allSettled([stepping?.[Symbol.asyncDispose](), taken[Symbol.asyncDispose]()]);
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
