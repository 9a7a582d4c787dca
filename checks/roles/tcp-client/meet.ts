/** A TCP client that is graded meets a server of the grader, which does as its script says. */
import type { TcpScript, TcpServed } from '../../peers/in-peer/tcp-servers.ts';
import type { Instance } from '../../program/instance.ts';
import { type ClientRun, endOf, endSinceFirstCall } from '../clients/client-run.ts';
import { type ServerAt, serverAt } from '../clients/server-at.ts';
import { unusedPort } from '../clients/unused-port.ts';
import type { Context } from '../role.ts';

/** To start an interpreter, and to look a name up. */
const CONNECTS_MS = 15_000;
/** Twice that of C2, so that nobody is failed by a machine that is a little slow. */
const ENDS_MS = 10_000;
/** A tenth more than C4 has, so that three timeouts of 5 s are right. */
const GIVES_UP_MS = 16_500;

const SILENT: TcpScript = { segments: [], pauseMs: 0, end: 'nothing' };

export interface Greeting {
  /** Each is a segment. */
  readonly parts: readonly Buffer[];
  /** Between two of them, in milliseconds. */
  readonly pauseMs: number;
}

interface ServerName {
  /** Whether SERVER_HOST is a name. Default: it is an address. */
  readonly isNamed?: boolean;
}

export interface Meeting {
  readonly run: ClientRun;
  /** The connections of the client. */
  readonly served: readonly TcpServed[];
  readonly server: ServerAt;
  /** How long its end was waited for, in milliseconds. */
  readonly timeoutMs: number;
}

/** A server that sends a greeting, and closes: the client is waited for until it has connected, and from the end of the greeting on. */
export async function greet(
  context: Context,
  { parts, pauseMs, ...named }: Greeting & ServerName,
): Promise<Meeting> {
  const timeoutMs = context.deadline(ENDS_MS);
  const withinMs = context.deadline(CONNECTS_MS + parts.length * pauseMs);
  const segments = parts.map((part) => part.toString('base64'));
  const script = { segments, pauseMs, end: 'fin' } as const;
  return meet(context, { script, ...named }, async (program, port) => {
    const served = context.peer.ask('tcpServed', { port, withinMs });
    // A program that ends without a connection need not be waited for.
    await Promise.race([served, program.ended({ timeoutMs: withinMs })]);
    return { timeoutMs, run: await endOf(program, timeoutMs) };
  });
}

/** A server from which no greeting comes, or at `refuses` no server: the client is waited for until it gives up. */
export async function disappoint(
  context: Context,
  script: TcpScript | 'refuses' = SILENT,
): Promise<Meeting> {
  const timeoutMs = context.deadline(GIVES_UP_MS);
  return meet(context, { script }, async (program) => ({
    timeoutMs,
    run: await endSinceFirstCall(program, timeoutMs),
  }));
}

/** A client that is connected to a server from which nothing comes. */
export async function startWaiting(context: Context): Promise<Instance> {
  const { peer } = context;
  const port = await peer.ask('tcpListen', SILENT);
  const program = await context.start({ mayEnd: true, env: serverAt(context, port).env });
  await peer.ask('tcpServed', { port, withinMs: context.deadline(CONNECTS_MS) });
  return program;
}

async function meet(
  context: Context,
  { script, isNamed = false }: { script: TcpScript | 'refuses' } & ServerName,
  wait: (program: Instance, port: number) => Promise<Pick<Meeting, 'run' | 'timeoutMs'>>,
): Promise<Meeting> {
  const { peer } = context;
  const port =
    script === 'refuses' ? unusedPort(context.random) : await peer.ask('tcpListen', script);
  const server = serverAt(context, port, isNamed);
  const waited = await wait(await context.start({ mayEnd: true, env: server.env }), port);
  const served = await peer.ask('tcpServed', { port, withinMs: 0 });
  await peer.ask('tcpClose', port);
  return { ...waited, served, server };
}
