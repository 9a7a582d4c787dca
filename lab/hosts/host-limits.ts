import type { ContainerCreateOptions } from '../engine/docker.ts';

/** What a host may use of this machine: for a program that nobody knows. */
export interface HostLimits {
  /** In MiB, with what it keeps in memory file systems. A program that needs more is killed. */
  readonly memoryMiB: number;
  /** So many at the same time; a thread counts as one. */
  readonly processes: number;
  /** So many at the same time, as in 0.5. */
  readonly processors: number;
  /** The longest file that it may write, in MiB. */
  readonly fileMiB: number;
  /** How much of its output is kept, in MiB: at least the latest half of that. */
  readonly logMiB: number;
}

const MIB = 2 ** 20;

/** The limits as the engine wants them. */
export function limitsConfig(
  limits: HostLimits,
): NonNullable<ContainerCreateOptions['HostConfig']> {
  const memory = limits.memoryMiB * MIB;
  const file = limits.fileMiB * MIB;
  return {
    Memory: memory,
    // Of memory and swap together: no swap.
    MemorySwap: memory,
    PidsLimit: limits.processes,
    NanoCpus: limits.processors * 1e9,
    Ulimits: [
      { Name: 'fsize', Soft: file, Hard: file },
      { Name: 'core', Soft: 0, Hard: 0 },
    ],
    LogConfig: {
      Type: 'json-file',
      Config: { 'max-size': `${limits.logMiB / 2}m`, 'max-file': '2' },
    },
  };
}
