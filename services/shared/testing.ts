/** What the unit tests of the services share: a log that keeps its events, and peers that do what no honest peer does. */
import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { Endpoint } from './endpoint.ts';
import type { Log } from './log.ts';

/** One event of a log, as a reader of its JSON sees it. */
export interface LogLine {
  readonly event?: string;
  readonly level: string;
  readonly msg: string;
  readonly local?: Endpoint;
  readonly peer?: Endpoint;
  readonly [field: string]: unknown;
}

/** Log lines in the order in which they came, to look at and to wait for. */
export class LogLines {
  readonly all: LogLine[] = [];
  readonly #arrivals = new EventEmitter();

  add(json: string): void {
    this.all.push(JSON.parse(json) as LogLine);
    this.#arrivals.emit('line');
  }

  named(event: string): LogLine[] {
    return this.all.filter((line) => line.event === event);
  }

  /** Resolves with the `count`th event of that name, as soon as it has been logged. */
  async logged(event: string, count = 1): Promise<LogLine> {
    for (;;) {
      const line = this.named(event)[count - 1];
      if (line !== undefined) return line;
      await once(this.#arrivals, 'line');
    }
  }
}

/** A service's log that is kept in memory. */
export function recordingLog(): { log: Log; lines: LogLines } {
  const lines = new LogLines();
  const at =
    (level: string): Log['info'] =>
    (fields, sentence) => {
      const msg = typeof sentence === 'string' ? sentence : sentence();
      lines.add(JSON.stringify({ level, ...fields, msg }));
    };
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, lines };
}

export interface Peer extends AsyncDisposable {
  readonly port: number;
}

/** A TCP server on loopback that does with each client whatever the test wants. */
export async function startTcpPeer(behave: (socket: Socket) => void): Promise<Peer> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    behave(socket);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type UdpPeer = Peer & { readonly socket: UdpSocket; readonly received: Buffer[] };

/** A bound UDP socket that keeps what it receives, and does with each datagram whatever the test wants. */
export async function startUdpPeer(
  behave: (datagram: Buffer, from: RemoteInfo, socket: UdpSocket) => void = () => undefined,
  address = '127.0.0.1',
): Promise<UdpPeer> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  const received: Buffer[] = [];
  socket.on('message', (datagram, from) => {
    received.push(datagram);
    behave(datagram, from, socket);
  });
  socket.bind(0, address);
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    socket,
    received,
    [Symbol.asyncDispose]: () => socket[Symbol.asyncDispose](),
  };
}

/** Connects, and stays: not even the server's FIN is answered. */
export async function connectAndStay(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ host, port, allowHalfOpen: true });
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  return socket;
}

/** What a client saw of a conversation from connecting to closing. */
export interface Visit {
  readonly bytes: Buffer;
  /** Whether the server's FIN came. */
  readonly finished: boolean;
  readonly error: string | undefined;
}

/** Has a conversation as an honest client does: reads to the end, and closes. */
export async function visit(port: number, host = '127.0.0.1'): Promise<Visit> {
  return watch(connect({ host, port }));
}

/** Reads a socket until it is closed. */
export async function watch(socket: Socket): Promise<Visit> {
  const parts: Buffer[] = [];
  let finished = false;
  let error: string | undefined;
  socket.on('data', (part: Buffer) => parts.push(part));
  socket.on('end', () => {
    finished = true;
  });
  socket.on('error', (cause: NodeJS.ErrnoException) => {
    error = cause.code;
  });
  await new Promise((closed) => socket.once('close', closed));
  return { bytes: Buffer.concat(parts), finished, error };
}

/** A port of loopback that nobody has. */
export async function freePort(): Promise<number> {
  await using peer = await startTcpPeer(() => undefined);
  return peer.port;
}
