/**
 * Our services, and their peers, as hosts of a lab, observed by what they log themselves.
 *
 *     a service   ── its own log ──▶ Service.log
 *     a client that stands by ── each conversation is a program's run, whose output is the log of it ──▶ converse
 */
import { type Host, type HostOptions, Lab, type Role } from '../../lab/index.ts';
import { jsonLines, type LogEvent } from './log.ts';
import { ours, peer, python, standby } from './programs.ts';
import { Service } from './service.ts';
import { runProgram, sendBurst } from './standby.ts';

export type { Service };

type Env = NonNullable<HostOptions['env']>;

/** Where a server listens; a client has no such setting. */
const BOTH_FAMILIES = { HOST: '::' };
/** Tests count events, and a fast machine has many in a second. */
const WHOLE_LOG = { LOG_RATE: 1_000_000 };

/** Starts one of our services, on both families where it serves, as a host that is called after its role. */
export function startService(lab: Lab, role: Role, env: Env = {}): Promise<Service> {
  const options = { ...ours(role), env: { ...BOTH_FAMILIES, ...WHOLE_LOG, ...env } };
  return Service.start(lab, nameOf(lab, role), options);
}

/** Starts a program of `integration/python/`, also on both families, as a host that is called after the program. */
export function startPython(lab: Lab, program: string, env: Env = {}): Promise<Service> {
  const options = { ...python(program), env: { ...BOTH_FAMILIES, ...env } };
  return Service.start(lab, nameOf(lab, program), options);
}

/** Starts a program of `integration/peers/`, as a host that is called after the program. */
export function startPeer(lab: Lab, program: string, env: Env = {}): Promise<Service> {
  return Service.start(lab, nameOf(lab, program), { ...peer(program), env });
}

const startedOf = new WeakMap<Lab, Map<string, number>>();

/**
 * `udp_client.py` runs on the host `udp-client-py`, and the second of it in a lab on `udp-client-py-2`: in a host name there is
 * neither dot nor underscore (RFC 1123, section 2.1).
 */
function nameOf(lab: Lab, program: string): string {
  const started = startedOf.get(lab) ?? new Map<string, number>();
  startedOf.set(lab, started);
  const number = (started.get(program) ?? 0) + 1;
  started.set(program, number);
  const name = program.replaceAll(/[._]/g, '-');
  return number === 1 ? name : `${name}-${number}`;
}

/** Starts a host that has the programs of a client, and of `integration/peers/`, and waits to be told to run them. */
export function startStandby(lab: Lab, role: 'tcp-client' | 'udp-client'): Promise<Host> {
  return lab.startHost(nameOf(lab, role), standby(role, 'tcp-clients.ts', 'udp-probe.ts'));
}

/** What a client that stood by has logged. */
export interface Conversation {
  readonly exitCode: number;
  readonly events: LogEvent[];
}

/** Runs the service of a host that stands by, once, and waits for its end. */
export async function converse(client: Host, env: Env): Promise<Conversation> {
  const program = `services/${client.role}/main.ts`;
  const { exitCode, lines } = await run(client, program, { COUNT: 1, ...env });
  return { exitCode, events: jsonLines(lines) };
}

/** Sends `TEXT 1`, `TEXT 2`, … in this order, and nothing twice; see `integration/peers/udp-burst.ts`. */
export async function burst(
  client: Host,
  to: string,
  { text, count, bytes = 0 }: { text: string; count: number; bytes?: number },
): Promise<void> {
  await sendBurst(client, { to, text, count, bytes });
}

/** Runs a program on a host that stands by, and waits for its end. */
export async function run(
  client: Host,
  program: string,
  env: Env,
): Promise<{ exitCode: number; lines: string[]; stderr: string }> {
  const settings = Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, String(value)]),
  );
  const { exitCode, stdout, stderr } = await runProgram(client, { program, env: settings });
  return { exitCode, lines: stdout.split('\n'), stderr };
}

/** What the echo server got of a burst, in the order in which it came, without the filling. */
export function arrivals({ log }: Service, text: string): string[] {
  return log
    .events('echoed')
    .map((event) => event.text?.replace(/\.+$/, '') ?? '')
    .filter((arrived) => arrived.startsWith(text));
}

/** The texts of a burst, in the order in which they were sent. */
export function sent(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${text} ${n + 1}`);
}

/** Two hosts that talk over UDP: a server, and a client that stands by. */
export interface UdpPair {
  readonly lab: Lab;
  readonly server: Service;
  readonly client: Host;
}

/** Starts a lab for all the tests of a file: each of them heals what it breaks. */
export function startUdpPair(): Promise<UdpPair & AsyncDisposable> {
  return inNewLab(async (lab) => {
    const [server, client] = await Promise.all([
      startService(lab, 'udp-echo-server'),
      startStandby(lab, 'udp-client'),
    ]);
    return { lab, server, client };
  });
}

/** As `startUdpPair`, with a pair for TCP beside it. */
export function startBothPairs() {
  return inNewLab(async (lab) => {
    const [tcpServer, tcpClient, udpServer, udpClient] = await Promise.all([
      startService(lab, 'tcp-server'),
      startStandby(lab, 'tcp-client'),
      startService(lab, 'udp-echo-server'),
      startStandby(lab, 'udp-client'),
    ]);
    return { lab, tcpServer, tcpClient, udpServer, udpClient };
  });
}

/** Starts a lab with hosts, of which nothing is left when a part of it fails. */
async function inNewLab<T>(start: (lab: Lab) => Promise<T>): Promise<T & AsyncDisposable> {
  await using started = new AsyncDisposableStack();
  const hosts = await start(started.use(await Lab.start()));
  const all = started.move();
  return { ...hosts, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
