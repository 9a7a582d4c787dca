/**
 * Our services as hosts of a lab of the instruments, observed by what they log themselves.
 *
 *     server ── its own log ──▶ Host.event, Host.events
 *     client   stands by; each conversation is a command that is run in it, and its log is the command's output
 */
import { inject } from 'vitest';
import { type Host, type HostOptions, Lab } from '../../lab/index.ts';
import { Host as Logged } from './host.ts';
import { imageOf, type Role } from './images.ts';
import type { LogEvent } from './output.ts';

const PEERS = `${import.meta.dirname}/../peers`;

/** A host that runs one of our services, and the log of that. */
export interface Service {
  readonly host: Host;
  readonly log: Logged;
}

/** Starts one of our services, on both families where it serves, as a host with the name of its role. */
export async function startService(
  lab: Lab,
  role: Role,
  env: NonNullable<HostOptions['env']> = {},
): Promise<Service> {
  const isServer = role.endsWith('server');
  const host = await lab.host(role, {
    image: imageOf(inject('runId'), role),
    env: { ...(isServer && { HOST: '::' }), ...env },
    ready: isServer ? 'healthy' : 'running',
  });
  return { host, log: await Logged.attach(host.id) };
}

/** Starts a host that has the programs of a client, and of `integration/peers/`, and waits to be told to run them. */
export function startStandby(lab: Lab, role: 'tcp-client' | 'udp-client'): Promise<Host> {
  return lab.host(role, {
    image: imageOf(inject('runId'), role),
    entrypoint: ['node', '--eval', 'setInterval(() => undefined, 1e9)'],
    files: { [`${PEERS}/udp-burst.ts`]: '/peer/udp-burst.ts' },
    ready: 'running',
  });
}

/** How a conversation went that a client was told to have. */
export interface Conversation {
  readonly exitCode: number;
  readonly events: readonly (LogEvent & { readonly roundTripMs?: number })[];
}

/** Runs the service of a host that stands by, once, and waits for its end. */
export async function converse(
  client: Host,
  env: Readonly<Record<string, string | number>>,
): Promise<Conversation> {
  const settings = Object.entries({ COUNT: 1, ...env }).map(([name, value]) => `${name}=${value}`);
  const program = ['node', `services/${client.name}/main.ts`];
  const { exitCode, stdout } = await client.exec(['env', ...settings, ...program]);
  const lines = stdout.toString().split('\n');
  const events = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return { exitCode, events };
}

/** Sends `TEXT 1`, `TEXT 2`, … in this order, and nothing twice; see `integration/peers/udp-burst.ts`. */
export async function burst(
  client: Host,
  to: string,
  { text, count, bytes = 0 }: { text: string; count: number; bytes?: number },
): Promise<void> {
  const settings = [`SERVER_HOST=${to}`, `TEXT=${text}`, `COUNT=${count}`, `BYTES=${bytes}`];
  const { exitCode, stderr } = await client.exec([
    'env',
    ...settings,
    'node',
    '/peer/udp-burst.ts',
  ]);
  if (exitCode !== 0) throw new Error(`Cannot send a burst: ${stderr}`);
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
export async function startUdpPair(): Promise<UdpPair & AsyncDisposable> {
  const lab = await Lab.start();
  try {
    const [server, client] = await Promise.all([
      startService(lab, 'udp-echo-server'),
      startStandby(lab, 'udp-client'),
    ]);
    return { lab, server, client, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
  } catch (error) {
    await lab[Symbol.asyncDispose]();
    throw error;
  }
}
