import { readFileSync } from 'node:fs';
import { findInList, LISTS } from './kernel-sockets.ts';
import type { KnownSocket } from './socket-table.ts';

/** The share of a processor that look-ups may use, and how much may be saved up. */
const SHARE = 0.05;
const SAVED_MS_MAX = 100;

/**
 * Looks up endpoints of sockets in the kernel's lists, and stops if that takes too long: the lists of a server with thousands of
 * connections in TIME-WAIT are long.
 */
export class EndpointLookUp {
  #budgetMs = SAVED_MS_MAX;
  #lastMs = performance.now();

  find(inode: string): KnownSocket | undefined {
    const nowMs = performance.now();
    this.#budgetMs = Math.min(SAVED_MS_MAX, this.#budgetMs + (nowMs - this.#lastMs) * SHARE);
    this.#lastMs = nowMs;
    if (this.#budgetMs <= 0) return undefined;
    const beganMs = processorMs();
    const found = findSocket(inode);
    this.#budgetMs -= processorMs() - beganMs;
    return found;
  }
}

/** Processor time, not elapsed time: on a busy machine most of that would be waiting. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function findSocket(inode: string): KnownSocket | undefined {
  for (const name of LISTS) {
    const found = findInList(name, readFileSync(`/proc/net/${name}`, 'latin1'), inode);
    if (found === undefined) continue;
    const { protocol, local, remote } = found;
    return { protocol, ...(local && { local }), ...(remote && { remote }) };
  }
  return undefined;
}
