/** TCP servers of the grader: each serves every client by the same script, and reports what its clients did. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { within } from './within.ts';

export interface TcpScript {
  /** Sent one after the other, each as a segment of its own, in Base64. */
  readonly segments: readonly string[];
  /** Between two of them, and before the end, in milliseconds. */
  readonly pauseMs: number;
  /** What comes after the last one: FIN, RST, or nothing at all. */
  readonly end: 'fin' | 'reset' | 'nothing';
}

/** A connection of a client. */
export interface TcpServed {
  /** What the client has sent, in Base64. */
  readonly received: string;
}

interface Served {
  readonly socket: Socket;
  readonly chunks: Buffer[];
}

interface Serving {
  readonly server: Server;
  readonly served: Served[];
  /** Resolved when the script is over for the first time: played to its end, or left by the client. */
  readonly played: PromiseWithResolvers<void>;
}

const CHUNKS_MAX = 100;

/** By their ports. */
const servers = new Map<number, Serving>();

/** @returns its port, which the kernel has chosen */
export async function tcpListen(script: TcpScript): Promise<number> {
  const served: Served[] = [];
  const played = Promise.withResolvers<void>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const one: Served = { socket, chunks: [] };
    served.push(one);
    // A client that leaves early ends the script.
    socket.on('error', () => undefined).on('data', (chunk) => keep(one, chunk as Buffer));
    play(script, one).then(played.resolve, played.resolve);
  });
  // For both families: which address of a name a client takes is its own affair, too.
  server.listen();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  servers.set(port, { server, served, played });
  return port;
}

/**
 * The connections of a server, in the order in which they came, as soon as the script is over in one of them, or
 * after `withinMs` milliseconds.
 */
export async function tcpServed({
  port,
  withinMs,
}: {
  port: number;
  withinMs: number;
}): Promise<TcpServed[]> {
  const serving = servers.get(port);
  if (serving) await within(withinMs, serving.played.promise);
  return (serving?.served ?? []).map(({ chunks }) => ({
    received: Buffer.concat(chunks).toString('base64'),
  }));
}

export function tcpClose(port: number): void {
  const { server, served = [] } = servers.get(port) ?? {};
  server?.close();
  for (const { socket } of served) socket.destroy();
  servers.delete(port);
}

/** Of what a client sends that should send nothing: as much as anybody wants to see. */
function keep({ chunks }: Served, chunk: Buffer): void {
  if (chunks.length < CHUNKS_MAX) chunks.push(chunk);
}

async function play({ segments, pauseMs, end }: TcpScript, { socket }: Served): Promise<void> {
  for (const segment of segments.map((one) => Buffer.from(one, 'base64'))) {
    await new Promise<void>((resolve, reject) =>
      socket.write(segment, (error) => (error ? reject(error) : resolve())),
    );
    if (pauseMs > 0) await sleep(pauseMs);
  }
  if (end === 'nothing') return;
  if (end === 'reset') socket.resetAndDestroy();
  else await new Promise<void>((resolve) => socket.end(resolve));
}
