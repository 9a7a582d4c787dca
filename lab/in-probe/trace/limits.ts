import { readFileSync } from 'node:fs';
import type { Limit } from '../../model/limit.ts';

/**
 * The kernel's counts of what limits have prevented, in the control group of the host's first process: cgroups(7), the kernel's
 * cgroup-v2.rst ("memory.events", "pids.events"), and for version 1 memory.rst ("oom_control") and pids.rst.
 */
const COUNTERS: Readonly<Record<Limit, { readonly files: readonly string[]; name: string }>> = {
  memory: { files: ['memory.events', 'memory/memory.oom_control'], name: 'oom_kill' },
  processes: { files: ['pids.events', 'pids/pids.events'], name: 'max' },
};
const LIMITS = Object.keys(COUNTERS) as Limit[];

/** How often the programs of a host have run into a limit so far: those that they have run into. */
export function limitsHit(): { limit: Limit; count: number }[] {
  return LIMITS.map((limit) => {
    const { files, name } = COUNTERS[limit];
    const line = new RegExp(`^${name} (\\d+)`, 'm');
    const counts = files.map((file) => Number(line.exec(read(file))?.[1] ?? 0));
    return { limit, count: Math.max(...counts) };
  }).filter(({ count }) => count > 0);
}

/** Empty where the kernel has the other version, or the host has ended. */
function read(file: string): string {
  try {
    return readFileSync(`/proc/1/root/sys/fs/cgroup/${file}`, 'latin1');
  } catch {
    return '';
  }
}
