import type { HostLimits } from '../../lab/index.ts';

/**
 * What a program that is graded may use; see docs/protocol.md. Far more than one that is right needs, also with a thread or a process
 * for each client.
 */
export const limits = {
  memoryMiB: 512,
  processes: 300,
  processors: 1,
  fileMiB: 64,
  logMiB: 8,
} as const satisfies HostLimits;

/** What it may have on the disk, in MiB, in all its files together; see `DiskWatch`. */
export const diskMiB = 256;
