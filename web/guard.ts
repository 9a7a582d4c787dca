/**
 * Who may speak to the page's server: a browser on this machine that was given the address with the token. A page from
 * elsewhere can make that browser send requests, even under a name of its own that leads here (DNS rebinding); its requests
 * have another Host, another Origin, or no token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface Door {
  readonly port: number;
  readonly token: string;
}

/** What is asked for behind the door, or why it stays closed. */
export type Entry =
  | { readonly path: string; readonly query: URLSearchParams }
  | { readonly status: number; readonly reason: string };

/** `/TOKEN/path?query` */
export function enter(request: IncomingMessage, { port, token }: Door): Entry {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host)) {
    // RFC 9110, section 15.5.20
    return { status: 421, reason: `This is the page of ${hosts[0]}, not of another host` };
  }
  const url = new URL(request.url ?? '/', `http://${host}`);
  const [, given = '', path = ''] = /^\/([^/]*)\/(.*)$/.exec(url.pathname) ?? [];
  if (!isSame(given, token)) {
    return {
      status: 403,
      reason: 'Open the whole address that the terminal shows: it has a token',
    };
  }
  const isFromPage = origin === `http://${host}`;
  const changesSomething = request.method !== 'GET' && request.method !== 'HEAD';
  if (changesSomething ? !isFromPage : origin !== undefined && !isFromPage) {
    return { status: 403, reason: 'Only the page itself may ask this' };
  }
  // Browsers send no Origin with a GET of the same origin; all of them send this header since 2023 (Fetch Metadata).
  const site = request.headers['sec-fetch-site'];
  if (path !== '' && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, reason: 'Only the page itself may ask this' };
  }
  return { path, query: url.searchParams };
}

/** Takes as long for a token that is nearly right as for any other. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
