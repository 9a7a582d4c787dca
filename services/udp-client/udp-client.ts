import { createSocket, type Socket } from 'node:dgram';
import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { endpoint, hostPort, inWords } from '../shared/endpoint.ts';
import { conversationFailure, NetworkError } from '../shared/failure.ts';
import type { Log } from '../shared/log.ts';
import { preview } from '../shared/preview.ts';
import { ADDRESS_ORDER, type ClientSettings, familyOf } from '../shared/rounds.ts';
import { silenceMs } from './back-off.ts';
import { EchoArrival } from './echo-arrival.ts';

export interface UdpClientSettings
  extends Pick<ClientSettings, 'SERVER_HOST' | 'SERVER_PORT' | 'FAMILY' | 'TIMEOUT_MS'> {
  readonly MESSAGE: string;
  /** Times the message is sent again. */
  readonly RETRIES: number;
}

/** What came of a message. */
interface Echo {
  readonly bytes: Buffer;
  /** How often the message had been sent when the echo came. */
  readonly tries: number;
  /** From the first time it was sent: which of the tries an echo answers cannot be known (RFC 6298, section 3). */
  readonly roundTripMs: number;
}

/**
 * One exchange: sends the message until its echo comes, and logs the round-trip time.
 *
 * @param stopping aborted when the client is told to stop: the try that is open then is the last one
 * @throws {NetworkError} when the server is unknown, refuses, or answers none of the tries.
 */
export async function exchangeEcho(
  settings: UdpClientSettings,
  log: Log,
  stopping = new AbortController().signal,
): Promise<Echo> {
  try {
    const addresses = await resolve(settings);
    return await firstThatServes(addresses, async (address) => {
      // A socket of its own, so that a late echo of an earlier message cannot be taken for this one's.
      await using socket = await connect(address, settings.SERVER_PORT);
      return await tryForEcho(socket, settings, log, stopping);
    });
  } catch (error) {
    throw error instanceof NetworkError
      ? error
      : conversationFailure(error, settings.SERVER_HOST, settings.SERVER_PORT);
  }
}

async function resolve(settings: UdpClientSettings): Promise<LookupAddress[]> {
  const { SERVER_HOST: host, TIMEOUT_MS: timeoutMs } = settings;
  const options = { family: familyOf(settings), order: ADDRESS_ORDER, all: true } as const;
  const addresses = await within(timeoutMs, lookup(host, options));
  if (addresses !== undefined) return addresses;
  throw new NetworkError(`No answer within ${timeoutMs} ms to the question who ${host} is.`);
}

/** As `connect` over TCP does: a server that refuses at one of its addresses may be there at the next. */
async function firstThatServes<T>(
  addresses: readonly LookupAddress[],
  talk: (address: LookupAddress) => Promise<T>,
): Promise<T> {
  const [address, ...others] = addresses;
  if (address === undefined) throw new TypeError('a name without an address');
  try {
    return await talk(address);
  } catch (error) {
    const refused = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
    if (others.length === 0 || !refused) throw error;
    return firstThatServes(others, talk);
  }
}

/** A connected socket: the kernel passes on what comes from that address and port, and from no other, and ICMP errors. */
async function connect({ address, family }: LookupAddress, port: number): Promise<Socket> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    socket.connect(port, address);
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

async function tryForEcho(
  socket: Socket,
  settings: UdpClientSettings,
  log: Log,
  stopping: AbortSignal,
): Promise<Echo> {
  const { MESSAGE: message, TIMEOUT_MS: timeoutMs } = settings;
  const [ours, theirs] = [socket.address(), socket.remoteAddress()];
  const about = {
    local: endpoint(ours.address, ours.port),
    peer: endpoint(theirs.address, theirs.port),
  };
  const arrival = new EchoArrival(socket, message, log);
  const startedMs = performance.now();

  for (let tries = 1; tries <= settings.RETRIES + 1; tries += 1) {
    // Without a callback, what the kernel refuses to send would look like silence.
    socket.send(message, (error) => error && socket.emit('error', error));
    const bytes = Buffer.byteLength(message);
    log.info(
      { event: 'sent', ...about, bytes, tries },
      `sent ${bytes} bytes to ${inWords(about.peer)}${tries === 1 ? '' : `, try ${tries}`}`,
    );

    const waitMs = silenceMs(tries, timeoutMs);
    const echo = await within(waitMs, arrival.echo);
    if (echo !== undefined) {
      const roundTripMs = performance.now() - startedMs;
      const text = preview(echo);
      log.info(
        { event: 'received', ...about, bytes: echo.length, text, tries, roundTripMs },
        `received ${echo.length} bytes after ${roundTripMs.toFixed(2)} ms: ${text}`,
        echo,
      );
      return { bytes: echo, tries, roundTripMs };
    }
    log.warn(
      { event: 'silence', ...about, tries, waitMs },
      `no echo within ${Math.round(waitMs)} ms`,
    );
    if (stopping.aborted) break;
  }
  throw noEcho(settings, arrival);
}

function noEcho(settings: UdpClientSettings, { mismatched }: EchoArrival): NetworkError {
  const server = peerName(settings);
  return new NetworkError(
    mismatched
      ? `${server} answers, but not with the echo of the message. Does it echo, and is its buffer large enough?`
      : `No echo from ${server} to any of ${settings.RETRIES + 1} tries. Is the server running?`,
  );
}

/** What a promise resolves to, or undefined when that takes longer than `ms`. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  const done = new AbortController();
  const timeout = sleep(ms, undefined, { signal: done.signal }).catch(() => undefined);
  return Promise.race([promise, timeout]).finally(() => done.abort());
}

function peerName({ SERVER_HOST, SERVER_PORT }: UdpClientSettings): string {
  return hostPort(SERVER_HOST, SERVER_PORT);
}
