/** A limit of a host that the kernel has enforced: a process was killed for memory, or one more was refused. */
export type Limit = 'memory' | 'processes';
