import { setInterval } from 'node:timers/promises';
import type { Host } from '../../lab/index.ts';

const LOOK_EVERY_MS = 1000;
const MIB = 2 ** 20;

/**
 * Kills a host that fills the disk. The engine can bound a container's files only on few file systems, so they are measured while
 * it runs: in the time between two looks it may write more.
 */
export class DiskWatch implements AsyncDisposable {
  readonly #host: Host;
  readonly #maxBytes: number;
  readonly #over = new AbortController();
  readonly #ended: Promise<void>;
  #wasExceeded = false;

  /** @param maxMiB what the host may have on the disk */
  constructor(host: Host, maxMiB: number) {
    this.#host = host;
    this.#maxBytes = maxMiB * MIB;
    // One that has gone can be neither measured nor killed.
    this.#ended = this.#watch().catch(() => undefined);
  }

  /** Measures now whether the host has more, or had. Where it cannot be measured, it is said not to. */
  async isExceeded(): Promise<boolean> {
    return this.#measure().catch(() => false);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#ended;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#over;
    // Alone it keeps no process alive.
    for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { signal, ref: false }))
      if (await this.#measure()) return this.#host.kill();
  }

  /** @throws {LabError} if the host is gone. */
  async #measure(): Promise<boolean> {
    this.#wasExceeded ||= (await this.#host.diskUsage()) > this.#maxBytes;
    return this.#wasExceeded;
  }
}
