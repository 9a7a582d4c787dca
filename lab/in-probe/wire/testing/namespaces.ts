/**
 * Two network namespaces with a cable between them, and the wire in the one that receives: a probe and its host without any
 * container. Needs root, ip(8) and iptables(8).
 */
import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { WireClient } from '../../../faults/wire-client.ts';
import type { FaultSettings } from '../../../model/faults.ts';
import type { CommandName, Done, WireReply } from '../../../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../../../model/wire-status.ts';
import type { WireLine } from '../wire-output.ts';

const run = promisify(execFile);

/** The receiving host. */
export const addresses = { 4: '10.93.0.2', 6: 'fd93::2' } as const;

const folder = join(import.meta.dirname, '..');

export interface Namespaces extends AsyncDisposable {
  readonly sender: string;
  readonly receiver: string;
}

export async function startNamespaces(): Promise<Namespaces> {
  const name = `wire-${randomBytes(3).toString('hex')}`;
  const [sender, receiver] = [`${name}-a`, `${name}-b`];
  const ip = (command: string) => run('ip', command.split(' '));
  await ip(`netns add ${sender}`);
  await ip(`netns add ${receiver}`);
  await ip(`link add eth0 netns ${sender} type veth peer name eth0 netns ${receiver}`);
  for (const [namespace, end] of [sender, receiver].map((one, index) => [one, index + 1])) {
    await ip(`-n ${namespace} addr add 10.93.0.${end}/24 dev eth0`);
    await ip(`-n ${namespace} addr add fd93::${end}/64 dev eth0 nodad`);
    for (const link of ['lo', 'eth0']) await ip(`-n ${namespace} link set ${link} up`);
  }
  return {
    sender,
    receiver,
    async [Symbol.asyncDispose]() {
      await ip(`netns del ${sender}`);
      await ip(`netns del ${receiver}`);
    },
  };
}

/** Starts a TypeScript program in a namespace. */
export function startIn(
  namespace: string,
  args: readonly string[],
): ChildProcessWithoutNullStreams {
  return spawn('ip', ['netns', 'exec', namespace, process.execPath, ...args]);
}

/** The last line that a program in a namespace printed, as JSON. */
export async function resultOf(namespace: string, args: readonly string[]): Promise<unknown> {
  const command = ['netns', 'exec', namespace, process.execPath, ...args];
  const { stdout } = await run('ip', command, { timeout: 60_000, maxBuffer: 2 ** 26 });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

export interface StartedWire extends AsyncDisposable {
  readonly program: ChildProcessWithoutNullStreams;
  readonly lines: readonly WireLine[];
  add(fault: FaultSettings): Promise<void>;
  status(): Promise<WireStatus>;
  /** Heals all, and reports what they did. */
  heal(): Promise<readonly FaultStatus[]>;
  /** Sends a signal. @returns the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

export async function startWire({ receiver }: Namespaces): Promise<StartedWire> {
  const socket = join(tmpdir(), `${receiver}.sock`);
  const main = join(folder, 'main.ts');
  const program = startIn(receiver, [
    '--experimental-ffi',
    main,
    '--host',
    'b',
    '--socket',
    socket,
  ]);
  const closed = once(program, 'close');
  const lines: WireLine[] = [];
  const output = createInterface({ input: program.stdout });
  output.on('line', (line) => lines.push(JSON.parse(line) as WireLine));
  await Promise.race([once(output, 'line'), closed.then(() => Promise.reject(new Error('ended')))]);
  const connection = connect(socket);
  const client = new WireClient(connection, connection);
  const end = async (signal: NodeJS.Signals) => {
    program.kill(signal);
    await closed;
    return program.exitCode;
  };
  return {
    program,
    lines,
    add: async (fault) => void done(await client.send({ command: 'add', fault })),
    status: async () => done(await client.send({ command: 'status' })).status,
    heal: async () => done(await client.send({ command: 'remove' })).removed,
    end,
    async [Symbol.asyncDispose]() {
      connection.destroy();
      if (program.exitCode === null && program.signalCode === null) await end('SIGTERM');
      await rm(socket, { force: true });
    },
  };
}

function done<Name extends CommandName>(reply: WireReply<Name>): Done<Name> {
  if (reply.ok) return reply;
  throw new Error(reply.error.message);
}
