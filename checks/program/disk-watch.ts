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
    // One that has ended already cannot be killed.
    this.#ended = this.#watch().catch(() => undefined);
  }

  /** Measures now whether the host has more, or had. Where it cannot be measured, it is said not to. */
  async isExceeded(): Promise<boolean> {
    const bytes = this.#wasExceeded ? 0 : await this.#host.diskUsage().catch(() => 0);
    this.#wasExceeded ||= bytes > this.#maxBytes;
    return this.#wasExceeded;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#over.abort();
    await this.#ended;
  }

  async #watch(): Promise<void> {
    const { signal } = this.#over;
    for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { signal }))
      if (await this.isExceeded()) return this.#host.kill();
  }
}
