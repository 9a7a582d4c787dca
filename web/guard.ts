/**
 * Decides who may use the page's server: a browser that was given the address with the token, on this machine or where the port is
 * forwarded to. A page of another site can make that browser send requests, even under a name of its own that resolves to this machine
 * (DNS rebinding); its requests have another Host, another Origin, or no token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface Door {
  readonly port: number;
  readonly token: string;
  /** Where the port is forwarded to, ending in a slash; see `forwarded-address.ts`. */
  readonly forwarded: URL | undefined;
  /** Whoever opens the port without the token is led to the page: for the preview of an editor, which knows no more than the port. */
  readonly preview: boolean;
}

/** The path that is requested, where to go instead, or why it is refused. */
type Entry =
  | { readonly path: string; readonly query: URLSearchParams }
  | { readonly location: string }
  | { readonly status: number; readonly reason: string };

/** `/TOKEN/path?query` */
export function enter(request: IncomingMessage, door: Door): Entry {
  const { host = '' } = request.headers;
  const origins = originsOf(door);
  const own = origins.find((origin) => leadsTo(origin, host));
  if (own === undefined) return misdirected(host, origins);
  // The Host before a proxy replaced it. It is believed only where it is a reason to refuse.
  const [firstHost = ''] = headerOf(request, 'x-forwarded-host').split(',');
  if (firstHost !== '' && !origins.some((origin) => leadsTo(origin, firstHost.trim())))
    return misdirected(firstHost.trim(), origins);
  const { pathname, searchParams } = new URL(request.url ?? '/', own);
  const asked = withoutPrefix(pathname, door);
  if (door.preview && asked === '/') return { location: `${door.token}/` };
  const [, given = '', path = ''] = /^\/([^/]*)\/(.*)$/.exec(asked) ?? [];
  if (!isSame(given, door.token)) {
    return {
      status: 403,
      reason: 'Open the complete address that the terminal shows: it contains a token',
    };
  }
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isFromPage = origin !== undefined && isOwn(origin, { own, site, door });
  const changesSomething = request.method !== 'GET' && request.method !== 'HEAD';
  if (changesSomething ? !isFromPage : origin !== undefined && !isFromPage) {
    return { status: 403, reason: 'Only the page itself may request this' };
  }
  // Browsers send no Origin with a GET of the same origin; all of them send this header since 2023 (Fetch Metadata).
  if (path !== '' && site !== undefined && site !== 'same-origin' && site !== 'none') {
    return { status: 403, reason: 'Only the page itself may request this' };
  }
  return { path, query: searchParams };
}

function originsOf({ port, forwarded }: Door): string[] {
  const local = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  return forwarded === undefined ? local : [...local, forwarded.origin];
}

/** Whether a Host is that of an origin: some proxies add the port where browsers leave it out. */
function leadsTo(origin: string, host: string): boolean {
  const { protocol } = new URL(origin);
  return URL.parse(`${protocol}//${host}/`)?.href === `${origin}/`;
}

/** RFC 9110, section 15.5.20 */
function misdirected(host: string, [origin, ...others]: readonly string[]): Entry {
  const own = new URL(others[1] ?? origin ?? '').host;
  const shown = /^[\w.:[\]-]{1,255}$/.test(host) ? host : 'another host';
  const reason = `This is the page of ${own}, not of ${shown}`;
  return { status: 421, reason: `${reason}; if its port is forwarded, start it with --origin` };
}

/** A proxy may keep the prefix of the path that led to it, or strip it. */
function withoutPrefix(path: string, { forwarded }: Door): string {
  const prefix = forwarded?.pathname ?? '/';
  return path.startsWith(prefix) ? path.slice(prefix.length - 1) : path;
}

/**
 * Whether an Origin is the page's. A proxy may change the Host and keep the Origin, or change the Origin to the one that it forwards
 * to and keep the Host (Codespaces): then the browser has to say that they were the same.
 */
function isOwn(
  origin: string,
  { own, site, door }: { own: string; site: unknown; door: Door },
): boolean {
  if (origin === own || origin === door.forwarded?.origin) return true;
  return site === 'same-origin' && originsOf(door).includes(origin);
}

function headerOf({ headers }: { headers: IncomingHttpHeaders }, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.join() ?? '');
}

/** Takes the same time for every wrong token. */
function isSame(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
