import { readFileSync } from 'node:fs';
import { findInList, LISTS } from './kernel-sockets.ts';
import type { KnownSocket } from './socket-table.ts';

/** The share of a processor that may go into looking up, and what may be saved up. */
const SHARE = 0.05;
const SAVED_MS_MAX = 100;

/**
 * Asks the kernel for the endpoints of sockets, and stops asking where that takes long: a server in front of thousands of
 * connections in TIME-WAIT has long lists.
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

/** Not what the clock says: on a busy machine most of that would be waiting. */
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
