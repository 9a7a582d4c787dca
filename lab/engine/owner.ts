/**
 * Which process something belongs to. An engine may serve processes in several containers, whose host names and process ids are
 * alike, and after a while a process id is given to another process: so an owner is told by four things.
 *
 *     BOOT-ID:PID-NAMESPACE:PID:START       start: in clock ticks since the boot
 */
import { readFileSync, readlinkSync } from 'node:fs';

/** Which processes this one sees, since when: `BOOT-ID:PID-NAMESPACE`; empty on a system where that cannot be told. */
export const namespace = namespaceHere();

/** This process. */
export const thisProcess = ownerOf(process.pid);

/** A process of the pid namespace that this process is in, as the owner of something. One that has ended has no start. */
export function ownerOf(pid: number): string {
  return `${namespace}:${pid}:${look(pid)?.start ?? ''}`;
}

/**
 * Whether it can be told from here if a process has ended: not of one in another pid namespace or on another machine, nor of one that
 * was there before this machine was started.
 */
export function canTell(owner: string): boolean {
  const [boot, pids, pid = ''] = owner.split(':');
  return namespace !== '' && `${boot}:${pids}` === namespace && /^[1-9]\d*$/.test(pid);
}

/** Whether a process is known to have ended. */
export function hasEnded(owner: string): boolean {
  if (!canTell(owner)) return false;
  const [, , pid, start] = owner.split(':');
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    // EPERM: somebody else's.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  const now = look(Number(pid));
  return now !== undefined && (now.isZombie || now.start !== start);
}

/** Empty without Linux's proc file system. */
function namespaceHere(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${/\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0]}`;
  } catch {
    return '';
  }
}

/** The state and the start of a process (proc_pid_stat(5), fields 3 and 22); undefined if it cannot be seen. */
function look(pid: number): { readonly isZombie: boolean; readonly start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // In field 2, the name of the program, may be anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { isZombie: 'ZX'.includes(fields[0] ?? ''), start: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}
