/** The programs that observers run beside a host: seen from a container that sees all processes of the engine's machine. */
import { execute } from '../../lab/engine/execute.ts';
import { LAB, OWNER } from '../../lab/engine/labels.ts';
import { thisProcess } from '../../lab/engine/owner.ts';
import type { Host } from '../../lab/index.ts';
import { probeImage } from '../../lab/probes/probe-image.ts';
import { docker } from './docker.ts';

interface ProgramBeside {
  /** In the PID namespace of the engine. */
  readonly pid: string;
  /** With its arguments. */
  readonly command: string;
}

/**
 * Processes in the network namespace of a first one, and those that wait for its end, as a tracer of several hosts does
 * (pidfd_open(2)), a line each: its PID and its arguments.
 */
const LIST = `
net=$(readlink /proc/$1/ns/net) || exit 0
{
  find /proc/[0-9]*/ns/net -printf '%l %p\\n' 2>/dev/null | grep -F "$net "
  grep -lx loader /proc/[0-9]*/comm 2>/dev/null | while read -r comm; do
    grep -l "^Pid:.$1$" "\${comm%comm}"fdinfo/* 2>/dev/null | head -n 1
  done
} | cut -d/ -f3 | while read -r pid; do
  echo "$pid $(tr '\\0' ' ' < /proc/$pid/cmdline)"
done 2>/dev/null`;

/** Sockets that get the packets of a network, a line each, behind a header: packet(7). */
const SOCKETS = 'tail -n +2 /proc/$1/net/packet 2>/dev/null || true';

/** What the observers do in the network of a host: its captures, of which each has a socket for packets, and their programs. */
export async function purposesOf(host: Host): Promise<string[]> {
  const found = await programsIn(host);
  const sockets = await onMachine(host, 'sh', '-c', SOCKETS, 'sh', `${host.pid}`);
  const captures = sockets.split('\n').filter((line) => line !== '');
  const traces = found.filter(({ command }) =>
    /^node .*lab\/in-probe\/trace\/main\.ts|trace\/bpf\/loader/.test(command),
  );
  return [...captures.map(() => 'capture'), ...traces.map(() => 'trace')];
}

/** Sends a signal to the programs that match. @throws {Error} if there is none */
export async function signalBeside(
  host: Host,
  pattern: RegExp,
  signal: NodeJS.Signals,
): Promise<void> {
  const found = await programsIn(host);
  const pids = found.filter(({ command }) => pattern.test(command)).map(({ pid }) => pid);
  const kill = `kill -s ${signal.replace('SIG', '')} ${pids.join(' ')}`;
  await onMachine(host, 'sh', '-c', kill);
}

/** The programs in the network of a host: its own, and those of observers. */
export async function programsIn(host: Host): Promise<ProgramBeside[]> {
  await host.refresh();
  const listed = await onMachine(host, 'sh', '-c', LIST, 'sh', `${host.pid}`);
  const lines = listed.split('\n').map((line) => /^(\d+) (.*)$/.exec(line));
  return lines.flatMap((found) => (found?.[1] ? [{ pid: found[1], command: found[2] ?? '' }] : []));
}

/** By lab: one for each look would take ten times as long. */
const lookouts = new Map<string, Promise<string>>();

async function onMachine({ lab }: Host, ...command: string[]): Promise<string> {
  const lookout = lookouts.get(lab) ?? startLookout(lab);
  lookouts.set(lab, lookout);
  const { exitCode, stdout, stderr } = await execute(await lookout, command, 'look around');
  if (exitCode !== 0) throw new Error(`Cannot run "${command.join(' ')}": ${stderr}`);
  return stdout.toString();
}

/** Until the lab ends. */
async function startLookout(lab: string): Promise<string> {
  const lookout = await docker.createContainer({
    Image: await probeImage(),
    Cmd: ['sleep', 'infinity'],
    Labels: { [LAB]: lab, [OWNER]: thisProcess },
    HostConfig: {
      PidMode: 'host',
      NetworkMode: 'none',
      CapAdd: ['SYS_PTRACE', 'KILL'],
      AutoRemove: true,
    },
  });
  await lookout.start();
  return lookout.id;
}
