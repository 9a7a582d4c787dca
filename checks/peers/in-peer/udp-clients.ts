/** UDP clients of the grader: each sends its datagrams from a socket of its own, and reports what came back. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { within } from './within.ts';

/** Clients that send to a server. */
export interface UdpVisits {
  /** Of the server, IPv4 or IPv6. */
  readonly address: string;
  /** Of the server. */
  readonly port: number;
  /** What each client sends, in Base64: the first datagram of each, then the second of each, all of them at once. */
  readonly clients: readonly (readonly string[])[];
  /** How long each may wait for its last reply, in milliseconds. */
  readonly timeoutMs: number;
}

/** A datagram that a client got. */
export interface UdpReply {
  /** In Base64. */
  readonly bytes: string;
  /** Whose it is. */
  readonly address: string;
  /** From which port. */
  readonly port: number;
}

/** What a burst of replies may need. */
const RECEIVE_BUFFER_BYTES = 4 * 2 ** 20;
/** One reply too many would come right behind the others. */
const EXTRA_MS = 100;
/** Whoever never ends to reply has told enough. */
const EXTRA_REPLIES = 10;

/** @returns the replies to each client */
export async function udpVisits(visits: UdpVisits): Promise<UdpReply[][]> {
  const { address, port, clients, timeoutMs } = visits;
  await using stack = new AsyncDisposableStack();
  const all = await Promise.all(
    clients.map(async (sent) => {
      const socket = stack.use(await openSocket(address));
      return { socket, sent, replies: repliesTo(socket, sent.length, timeoutMs) };
    }),
  );
  const rounds = Math.max(...clients.map(({ length }) => length));
  for (let round = 0; round < rounds; round += 1) {
    for (const { socket, sent } of all) {
      const datagram = sent[round];
      if (datagram !== undefined) socket.send(Buffer.from(datagram, 'base64'), port, address);
    }
  }
  return await Promise.all(all.map(({ replies }) => replies));
}

async function openSocket(peer: string): Promise<Socket> {
  const type = isIPv6(peer) ? 'udp6' : 'udp4';
  const socket = createSocket({ type, recvBufferSize: RECEIVE_BUFFER_BYTES });
  socket.bind();
  await once(socket, 'listening');
  // What cannot be sent looks like a loss.
  return socket.on('error', () => undefined);
}

async function repliesTo(socket: Socket, count: number, timeoutMs: number): Promise<UdpReply[]> {
  const replies: UdpReply[] = [];
  const repliesMax = 2 * count + EXTRA_REPLIES;
  const { promise: all, resolve } = Promise.withResolvers<void>();
  socket.on('message', (bytes, from) => {
    if (replies.length < repliesMax)
      replies.push({ bytes: bytes.toString('base64'), address: from.address, port: from.port });
    if (replies.length === count) resolve();
  });
  await within(timeoutMs, all);
  await sleep(EXTRA_MS);
  return replies;
}
