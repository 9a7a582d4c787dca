import type { ContainerCreateOptions } from '../engine/docker.ts';

/** What a host may use of this machine. */
export interface HostLimits {
  /** In MiB, with what it keeps in memory file systems. A program that needs more is killed. Default: 512. */
  readonly memoryMiB?: number;
  /** So many at the same time; a thread counts as one. Default: 256. */
  readonly processes?: number;
  /** So many at the same time, as in 0.5. Default: all. */
  readonly processors?: number;
  /** The longest file that it may write, in MiB. Default: any. */
  readonly fileMiB?: number;
  /** How much of its output is kept, in MiB: at least the latest half of that. Default: 8. */
  readonly logMiB?: number;
}

const MIB = 2 ** 20;

/** The limits as the engine wants them. */
export function limitsConfig({
  memoryMiB = 512,
  processes = 256,
  processors,
  fileMiB,
  logMiB = 8,
}: HostLimits): NonNullable<ContainerCreateOptions['HostConfig']> {
  const memory = memoryMiB * MIB;
  const Ulimits = [{ Name: 'core', Soft: 0, Hard: 0 }];
  if (fileMiB !== undefined) {
    const file = fileMiB * MIB;
    Ulimits.push({ Name: 'fsize', Soft: file, Hard: file });
  }
  return {
    Memory: memory,
    // Of memory and swap together: no swap.
    MemorySwap: memory,
    PidsLimit: processes,
    ...(processors && { NanoCpus: processors * 1e9 }),
    Ulimits,
    LogConfig: {
      Type: 'json-file',
      Config: { 'max-size': `${Math.ceil((logMiB * 1024) / 2)}k`, 'max-file': '2' },
    },
  };
}
