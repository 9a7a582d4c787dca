import { readFileSync } from 'node:fs';
import { findInList, LISTS } from './kernel-sockets.ts';
import type { KnownSocket } from './socket-table.ts';

/** The share of the time that may go into looking up, and what may be saved up. */
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
    const beganMs = performance.now();
    this.#budgetMs = Math.min(SAVED_MS_MAX, this.#budgetMs + (beganMs - this.#lastMs) * SHARE);
    this.#lastMs = beganMs;
    if (this.#budgetMs <= 0) return undefined;
    const found = findSocket(inode);
    this.#budgetMs -= performance.now() - beganMs;
    return found;
  }
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
