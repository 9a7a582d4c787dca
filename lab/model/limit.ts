/** A limit of a host that the kernel has enforced: a process was killed for memory, or one more was refused. */
export type Limit = 'memory' | 'processes';

/** How often each limit has been enforced. */
export type LimitCounts = Readonly<Record<Limit, number>>;

/** Of several hosts together. */
export function sumOfLimits(all: readonly LimitCounts[]): LimitCounts {
  const sum = (limit: Limit) => all.reduce((total, counts) => total + counts[limit], 0);
  return { memory: sum('memory'), processes: sum('processes') };
}
