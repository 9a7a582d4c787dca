/** The processes of a host, as a probe sees them that shares its process namespace: proc_pid(5). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { CallEvent } from '../../model/event.ts';
import type { OpenSocket } from '../../model/present-sockets.ts';
import { processName } from '../../util/process-name.ts';
import { inodeIn } from './values.ts';

type Process = CallEvent['process'];

/** The init process that the engine puts before a program, to reap children; it makes no socket calls. */
const INIT = 'docker-init';

/**
 * The id of the host's container, if its processes are among those of another one (`pid: service:b`). Otherwise the host's are the
 * first process, and those with the same files.
 */
export const guest = process.env['SOCKETLAB_GUEST'];

/** The programs of the host itself: a probe has files of its own, and so another mount namespace. */
export function hostPids(): number[] {
  return allPids().filter(isHostProgram);
}

/** Every process, including those of probes. */
export function allPids(): number[] {
  return pidsIn('/proc');
}

export function isHostProgram(pid: number): boolean {
  const isOwn = guest === undefined ? mountsOf(pid) === mountsOf(1) : isOf(guest, pid);
  return isOwn && isProgram(pid);
}

/** Whether a process is in the control group of a container, and not in one that was started within it: cgroups(7). */
function isOf(container: string, pid: number): boolean {
  const groups = attempt(() => readFileSync(`/proc/${pid}/cgroup`, 'latin1')) ?? '';
  return groups.split('\n').some((group) => group.replace(/\.scope$/, '').endsWith(container));
}

/** The arguments of a process; empty if it has ended. */
export function commandOf(pid: number): string[] {
  const words = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '';
  return words.split('\0').slice(0, -1);
}

export function parentOf(pid: number): number {
  return Number(status(pid).get('PPid'));
}

/** The process that a thread belongs to; undefined if it has ended. */
export function processOf(tid: number): Process | undefined {
  const pid = Number(status(tid).get('Tgid'));
  if (!(pid > 0)) return undefined;
  const name = processName(commandOf(pid)[0] ?? '');
  return name === undefined ? { pid } : { pid, name };
}

/** The tracer of each thread of a process; 0 if there is none. */
export function tracersOf(pid: number): number[] {
  const threads = attempt(() => pidsIn(`/proc/${pid}/task`)) ?? [];
  return threads.flatMap((tid) => {
    const tracer = status(tid).get('TracerPid');
    return tracer === undefined ? [] : [Number(tracer)];
  });
}

/** Whether a thread is blocked in a call; one that strace has stopped is not. */
export function isBlocked(tid: number): boolean {
  return status(tid).get('State')?.startsWith('S') ?? false;
}

/** The processors that a process may run on, as in `0-3,6`; undefined if that differs between threads. */
export function processorsOf(pid: number): string | undefined {
  const threads = attempt(() => pidsIn(`/proc/${pid}/task`)) ?? [];
  const lists = new Set(threads.map((tid) => status(tid).get('Cpus_allowed_list')));
  const [list] = lists;
  return lists.size === 1 ? list : undefined;
}

/** The processor that a process ran on last: the 39th field of proc_pid_stat(5). The second may have spaces in it. */
export function lastProcessorOf(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? '';
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[39 - 3];
}

/** Every socket that a process has open, whatever its kind. */
export function openSockets(pid: number): OpenSocket[] {
  const process = processOf(pid) ?? { pid };
  const descriptors = attempt(() => pidsIn(`/proc/${pid}/fd`)) ?? [];
  return descriptors.flatMap((fd) => {
    const inode = inodeIn(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '');
    return inode ? [{ process, fd, inode }] : [];
  });
}

/** Whether a process has a ring of io_uring(7) open. */
export function hasRing(pid: number): boolean {
  const descriptors = attempt(() => pidsIn(`/proc/${pid}/fd`)) ?? [];
  const link = (fd: number) => attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
  return descriptors.some((fd) => link(fd) === 'anon_inode:[io_uring]');
}

function isProgram(pid: number): boolean {
  const { Name, State = 'Z' } = Object.fromEntries(status(pid));
  const isInit = Name === INIT && (pid === 1 || guest !== undefined);
  return !State.startsWith('Z') && !isInit;
}

function status(tid: number): Map<string, string> {
  const text = attempt(() => readFileSync(`/proc/${tid}/status`, 'utf8')) ?? '';
  return new Map(text.split('\n').map((line) => line.split(':\t') as [string, string]));
}

function mountsOf(pid: number): string | undefined {
  return attempt(() => readlinkSync(`/proc/${pid}/ns/mnt`));
}

/** The entries of a folder that are numbers. */
function pidsIn(folder: string): number[] {
  return readdirSync(folder)
    .map(Number)
    .filter(Number.isInteger)
    .sort((a, b) => a - b);
}

/** A process may end while it is inspected. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
