/** UDP echo servers of the grader: each answers as its script says, and reports what came. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { within } from './within.ts';

export interface UdpScript {
  /** Whether it echoes at once, when `udpAnswer` says so, or never. */
  readonly answers: 'at-once' | 'when-told' | 'never';
  /** Sent in front of each echo, in Base64. Default: nothing. */
  readonly before?: string;
}

export interface UdpArrived {
  /** In Base64. */
  readonly bytes: string;
  readonly address: string;
  readonly port: number;
  /** In milliseconds since 1970. */
  readonly atMs: number;
}

interface Serving {
  readonly socket: Socket;
  readonly script: UdpScript;
  readonly arrived: UdpArrived[];
  /** Resolved when the first datagram has come. */
  readonly first: PromiseWithResolvers<void>;
  isTold: boolean;
}

const PREFIX = Buffer.from('Echo: ');
/** A client that never ends to send has told enough. */
const ARRIVED_MAX = 1000;
/** By their ports. */
const servers = new Map<number, Serving>();

/** @param port 0 for one that the kernel chooses @returns the port */
export async function udpListen({
  port,
  script,
}: {
  port: number;
  script: UdpScript;
}): Promise<number> {
  const socket = await bind(port);
  const first = Promise.withResolvers<void>();
  const serving: Serving = { socket, script, arrived: [], first, isTold: false };
  socket.on('message', (bytes, { address, port: from }) => {
    const one = { bytes: bytes.toString('base64'), address, port: from, atMs: Date.now() };
    if (serving.arrived.length < ARRIVED_MAX) serving.arrived.push(one);
    first.resolve();
    if (script.answers === 'at-once' || serving.isTold) answer(serving, one);
  });
  const { port: bound } = socket.address();
  servers.set(bound, serving);
  return bound;
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

/** From now on it echoes at once, and what has come already is echoed now. */
export function udpAnswer(port: number): void {
  const serving = servers.get(port);
  if (serving === undefined || serving.isTold) return;
  serving.isTold = true;
  for (const one of serving.arrived) answer(serving, one);
}

export function udpClose(port: number): void {
  servers.get(port)?.socket.close();
  servers.delete(port);
}

function answer({ socket, script }: Serving, { bytes, address, port }: UdpArrived): void {
  if (script.before !== undefined) socket.send(Buffer.from(script.before, 'base64'), port, address);
  socket.send(Buffer.concat([PREFIX, Buffer.from(bytes, 'base64')]), port, address);
}

/** For both families: which address of a name a client takes is its own affair. */
async function bind(port: number): Promise<Socket> {
  try {
    return await open('udp6', port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAFNOSUPPORT') throw error;
    return await open('udp4', port);
  }
}

async function open(type: 'udp4' | 'udp6', port: number): Promise<Socket> {
  const socket = createSocket(type);
  socket.bind(port);
  await once(socket, 'listening');
  // What cannot be sent looks like a loss, to the client and to the check.
  return socket.on('error', () => undefined);
}
