import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type Endpoint, endpoint, hostPort, inWords } from '../shared/endpoint.ts';
import { listenFailure } from '../shared/failure.ts';
import type { Log } from '../shared/log.ts';
import { LazyPreview } from '../shared/preview.ts';
import { echoOf } from './echo.ts';

export interface UdpEchoServerSettings {
  readonly HOST: string;
  /** 0 for a port that the kernel chooses. */
  readonly PORT: number;
  /** Bytes that are kept of a datagram. */
  readonly BUFFER_SIZE: number;
}

export interface UdpEchoServer {
  readonly local: Endpoint;
  /** Resolves when the socket is closed. */
  readonly ended: Promise<void>;
  /** Stops answering. */
  stop(): void;
}

/**
 * Binds, and echoes every datagram to where it came from.
 *
 * @throws {NetworkError} when the address and port cannot be bound.
 */
export async function startUdpEchoServer(
  settings: UdpEchoServerSettings,
  log: Log,
): Promise<UdpEchoServer> {
  const { HOST: host, PORT: port, BUFFER_SIZE: bufferSize } = settings;
  const socket = await bind(host, port).catch((error: unknown) => {
    throw listenFailure(error, hostPort(host, port));
  });
  const { address, port: boundPort } = socket.address();
  const local = { address, port: boundPort };
  log.info({ event: 'listening', local }, `listening on ${inWords(local)}`);

  socket.on('message', (datagram, from) => {
    const about = { local, peer: endpoint(from.address, from.port), bytes: datagram.length };
    logCut(about, bufferSize, log);
    const echo = echoOf(datagram, bufferSize);
    if (echo === undefined) return logLoop(about, log);
    const text = new LazyPreview(datagram.subarray(0, bufferSize));
    const done = (error: Error | null) => {
      logAnswer({ ...about, bytes: echo.length, text }, error, log);
    };
    // Port 0 means that no reply is wanted (RFC 768). Few but forged datagrams come from there, and `send` throws.
    if (from.port === 0) return done(new Error('nobody can be reached at port 0'));
    socket.send(echo, from.port, from.address, done);
  });
  // An unconnected socket learns of no peer's errors: this one is the host's own, and the next datagram may well arrive.
  socket.on('error', ({ message }) => {
    log.warn({ event: 'receive-failed', local }, `could not receive: ${message}`);
  });
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return { local, ended, stop: () => socket.close() };
}

async function bind(host: string, port: number): Promise<Socket> {
  const { address, family } = await lookup(host);
  const socket = createSocket({
    type: family === 6 ? 'udp6' : 'udp4',
    // Every address is a literal one, so no reply has to wait for the resolver.
    lookup: (literal, _options, done) => done(null, literal, family),
  });
  const listening = once(socket, 'listening'); // may come at once, as no name has to be looked up
  socket.bind({ address, port });
  await listening;
  return socket;
}

interface About {
  readonly local: Endpoint;
  readonly peer: Endpoint | undefined;
  readonly bytes: number;
}

function logCut(about: About, bufferSize: number, log: Log): void {
  if (about.bytes <= bufferSize) return;
  log.warn(
    { event: 'cut', ...about },
    `cut a datagram of ${about.bytes} bytes from ${inWords(about.peer)} to BUFFER_SIZE=${bufferSize}`,
  );
}

function logLoop(about: About, log: Log): void {
  log.warn(
    { event: 'loop', ...about },
    `dropped a datagram from ${inWords(about.peer)}: it is an echo of our echo, and two echo servers would answer each other for ever (CVE-2024-2169)`,
  );
}

function logAnswer(about: About & { text: LazyPreview }, error: Error | null, log: Log): void {
  if (error === null) {
    log.info(
      { event: 'echoed', ...about },
      () => `echoed ${about.bytes} bytes to ${inWords(about.peer)}: Echo: ${about.text}`,
    );
  } else {
    log.warn(
      { event: 'send-failed', ...about },
      `could not answer ${inWords(about.peer)}: ${error.message}`,
    );
  }
}
