/** A UDP client that is graded sends its message to a server of the grader. */
import type { Host } from '../../../lab/index.ts';
import type { UdpArrived, UdpScript } from '../../peers/in-peer/udp-servers.ts';
import type { Instance } from '../../program/instance.ts';
import { type ClientRun, endSinceFirstCall } from '../clients/client-run.ts';
import { type ServerAt, serverAt } from '../clients/server-at.ts';
import { unusedPort } from '../clients/unused-port.ts';
import type { Context } from '../role.ts';

/** To start an interpreter, and to look a name up. */
const SENDS_MS = 15_000;
/** A tenth more than U5 has, so that three timeouts of 5 s are right. */
const GIVES_UP_MS = 16_500;

const SILENT: UdpScript = { answers: false };

export interface Exchange {
  readonly run: ClientRun;
  readonly message: Buffer;
  /** The datagrams of the client, in the order in which they came. */
  readonly arrived: readonly UdpArrived[];
  readonly server: ServerAt;
  /** How long its end was waited for, in milliseconds. */
  readonly timeoutMs: number;
}

interface Meeting {
  readonly message: string;
  /** `absent`: nobody has a socket at the port. */
  readonly script: UdpScript | 'absent';
  /** Whether SERVER_HOST is a name. Default: it is an address. */
  readonly isNamed?: boolean;
  /** Called when the client has its addresses, and before it runs. */
  readonly prepare?: (host: Host, port: number) => Promise<unknown>;
}

/** Starts the client, and waits for its end. */
export async function exchange(
  context: Context,
  { message, script, isNamed, prepare }: Meeting,
): Promise<Exchange> {
  const { peer } = context;
  const isAbsent = script === 'absent';
  const port = isAbsent ? unusedPort(context.random) : await peer.ask('udpListen', script);
  const server = serverAt(context, port, isNamed);
  const program = await context.start({
    mayEnd: true,
    env: { ...server.env, MESSAGE: message },
    prepare: async (host) => prepare?.(host, port),
  });
  if (!isAbsent) await firstArrival(context, program, port);
  const timeoutMs = context.deadline(GIVES_UP_MS);
  const run = await endSinceFirstCall(program, timeoutMs);
  const arrived = await peer.ask('udpArrived', { port, withinMs: 0 });
  await peer.ask('udpClose', port);
  return { run, message: Buffer.from(message), arrived, server, timeoutMs };
}

/** A client that waits for a reply that does not come. */
export async function startWaiting(context: Context): Promise<Instance> {
  const port = await context.peer.ask('udpListen', SILENT);
  const env = { ...serverAt(context, port).env, MESSAGE: 'hello' };
  const program = await context.start({ mayEnd: true, env });
  await firstArrival(context, program, port);
  return program;
}

/** Waits for its first datagram; a program that ends without one is not waited for. */
async function firstArrival(
  { peer, deadline }: Context,
  program: Instance,
  port: number,
): Promise<void> {
  const withinMs = deadline(SENDS_MS);
  const first = peer.ask('udpArrived', { port, withinMs });
  await Promise.race([first, program.ended({ timeoutMs: withinMs })]);
}
