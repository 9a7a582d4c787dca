/** UDP echo servers of the grader: each answers as its script says, and reports what came. */
import type { RemoteInfo, Socket } from 'node:dgram';
import { forge } from './udp-forger.ts';
import { bindUdp } from './udp-socket.ts';
import { within } from './within.ts';

/** What a server does. */
export interface UdpScript {
  /** Whether it echoes. */
  readonly answers: boolean;
  /** Sent in front of each echo, in Base64. Default: nothing. */
  readonly before?: string;
  /** Another host echoes first. Default: none does. */
  readonly forgery?: {
    /** The address of that host, whose `udpForge` has the same port as the server. */
    readonly from: string;
    /** How long the server then waits before it echoes, too, unless another datagram comes earlier; in milliseconds. */
    readonly aheadMs: number;
  };
}

/** A datagram that has come to a server. */
export interface UdpArrived {
  /** In Base64. */
  readonly bytes: string;
  /** Whose it is. */
  readonly address: string;
  /** From which port. */
  readonly port: number;
  /** In milliseconds since 1970. */
  readonly atMs: number;
  /** Whether the server itself has echoed it. */
  isAnswered: boolean;
}

interface Serving {
  readonly socket: Socket;
  readonly script: UdpScript;
  readonly arrived: UdpArrived[];
  /** Resolved when the first datagram has come, and the second. */
  readonly first: PromiseWithResolvers<void>;
  readonly second: PromiseWithResolvers<void>;
  /** Resolved when a forgery has had its time. */
  forged?: Promise<void>;
  isClosed?: true;
}

const PREFIX = Buffer.from('Echo: ');
/** A client that never ends to send has told enough. */
const ARRIVED_MAX = 1000;
/** By their ports. */
const servers = new Map<number, Serving>();

/** @returns its port, which the kernel has chosen */
export async function udpListen(script: UdpScript): Promise<number> {
  const socket = await bindUdp();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const serving: Serving = { socket, script, arrived: [], first, second };
  socket.on('message', (bytes, from) => void serve(serving, bytes, from));
  const { port } = socket.address();
  servers.set(port, serving);
  return port;
}

/** The datagrams that have come to a server, as soon as there is one, or after `withinMs` milliseconds. */
export async function udpArrived({
  port,
  withinMs,
}: {
  port: number;
  withinMs: number;
}): Promise<readonly UdpArrived[]> {
  const serving = servers.get(port);
  if (serving) await within(withinMs, serving.first.promise);
  return serving?.arrived ?? [];
}

export function udpClose(port: number): void {
  const serving = servers.get(port);
  if (serving === undefined) return;
  servers.delete(port);
  serving.isClosed = true;
  serving.socket.close();
}

async function serve(serving: Serving, data: Buffer, { address, port }: RemoteInfo): Promise<void> {
  const { arrived, first, second, script } = serving;
  const bytes = data.toString('base64');
  const one: UdpArrived = { bytes, address, port, atMs: Date.now(), isAnswered: false };
  if (arrived.length > 0) second.resolve();
  if (arrived.length < ARRIVED_MAX) arrived.push(one);
  first.resolve();
  if (!script.answers) return;
  serving.forged ??= forgeEcho(serving, one);
  await serving.forged;
  if (!serving.isClosed) answer(serving, one);
}

/** Sends a forgery, where the script has one, and gives the client time to believe it. */
async function forgeEcho({ socket, script, second }: Serving, one: UdpArrived): Promise<void> {
  if (script.forgery === undefined) return;
  const { from, aheadMs } = script.forgery;
  const { address, port } = one;
  const bytes = echoOf(one).toString('base64');
  await forge({ address: from, port: socket.address().port }, { address, port, bytes });
  await within(aheadMs, second.promise);
}

function answer({ socket, script: { before } }: Serving, one: UdpArrived): void {
  const { address, port } = one;
  one.isAnswered = true;
  if (before !== undefined) socket.send(Buffer.from(before, 'base64'), port, address);
  socket.send(echoOf(one), port, address);
}

const echoOf = ({ bytes }: UdpArrived) => Buffer.concat([PREFIX, Buffer.from(bytes, 'base64')]);
