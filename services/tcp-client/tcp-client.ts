import { lookup } from 'node:dns';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { endpoint, hostPort, inWords } from '../shared/endpoint.ts';
import { conversationFailure, NetworkError } from '../shared/failure.ts';
import type { Log } from '../shared/log.ts';
import { preview } from '../shared/preview.ts';
import { ADDRESS_ORDER, type ClientSettings, familyOf } from '../shared/rounds.ts';

/** A greeting longer than this is not read to its end, so that a server cannot fill the client's memory. */
const GREETING_BYTES_MAX = 1024 * 1024;

export type TcpClientSettings = Pick<
  ClientSettings,
  'SERVER_HOST' | 'SERVER_PORT' | 'FAMILY' | 'TIMEOUT_MS'
>;

/**
 * One conversation: connects, reads until the server closes, logs what it said.
 *
 * @returns the greeting, byte for byte.
 * @throws {NetworkError} when the server cannot be reached, resets, falls silent, or does not come to an end.
 */
export async function receiveGreeting(settings: TcpClientSettings, log: Log): Promise<Buffer> {
  const peerName = hostPort(settings.SERVER_HOST, settings.SERVER_PORT);
  const socket = open(settings, peerName);
  try {
    await once(socket, 'connect');
    const about = {
      local: endpoint(socket.localAddress, socket.localPort),
      peer: endpoint(socket.remoteAddress, socket.remotePort),
    };
    log.info(
      { event: 'connected', ...about },
      `connected to ${inWords(about.peer)} from ${inWords(about.local)}`,
    );
    const greeting = await readToEnd(socket, peerName);
    log.info(
      { event: 'received', ...about, bytes: greeting.length, text: preview(greeting) },
      greeting.length === 0
        ? 'received nothing: the server closed at once; it may be full'
        : `received ${greeting.length} bytes: ${preview(greeting)}`,
      greeting,
    );
    return greeting;
  } catch (error) {
    throw error instanceof NetworkError
      ? error
      : conversationFailure(error, settings.SERVER_HOST, settings.SERVER_PORT);
  } finally {
    socket.destroy();
  }
}

function open(settings: TcpClientSettings, peerName: string): Socket {
  const { SERVER_HOST: host, SERVER_PORT: port, TIMEOUT_MS: timeoutMs } = settings;
  const socket = connect({
    host,
    port,
    family: familyOf(settings),
    lookup: (name, options, done) => lookup(name, { ...options, order: ADDRESS_ORDER }, done),
    // A name may have two addresses, one of each family: each gets half of the time.
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(timeoutMs / 2)),
  });
  socket.setTimeout(timeoutMs, () => {
    const silence = socket.connecting ? 'No answer' : 'Nothing more';
    socket.destroy(new NetworkError(`${silence} from ${peerName} within ${timeoutMs} ms.`));
  });
  return socket;
}

/** One `read` may return any part of what was sent: only the end of the stream says that the greeting is complete. */
async function readToEnd(socket: Socket, peerName: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of socket as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length > GREETING_BYTES_MAX) {
      throw new NetworkError(
        `${peerName} sent more than ${GREETING_BYTES_MAX} bytes and did not come to an end.`,
      );
    }
  }
  return Buffer.concat(parts);
}
