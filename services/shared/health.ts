/**
 * What a service says of its health, for the health check of its image to look at.
 *
 *     service ──▶ HEALTH_FILE, modified in the future: until then it is healthy
 *     engine ───▶ test HEALTH_FILE -nt /proc/self, which is as new as the process that looks
 *
 * So a check is one small program, without a shell and without a Node, and a service that hangs says nothing more.
 */
import { closeSync, openSync, rmSync, utimesSync } from 'node:fs';

/** How long the service is healthy after it has last said so, in milliseconds: longer than it can be kept from saying so. */
const VALID_MS = 30_000;
const RENEWAL_MS = 5000;
/** How long conversations fail until the service is not healthy any more, in milliseconds: one may be lost by chance. */
const FAILING_MS = 10_000;

export class Health {
  readonly #file: string | undefined;
  #succeededMs = Number.NEGATIVE_INFINITY;
  #renewal: NodeJS.Timeout | undefined;

  /** @param file where it is said; without one it is not. It need not be there. */
  constructor(file?: string) {
    this.#file = file;
  }

  /** The service does what it is for: it listens, or a conversation has come to its good end. */
  succeeded(): void {
    this.#succeededMs = performance.now();
    if (this.#renewal !== undefined) return;
    this.#renew();
    this.#renewal = setInterval(() => this.#renew(), RENEWAL_MS).unref();
  }

  /** A conversation has failed. */
  failed(): void {
    if (performance.now() - this.#succeededMs < FAILING_MS) return;
    clearInterval(this.#renewal);
    this.#renewal = undefined;
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
  }

  #renew(): void {
    if (this.#file === undefined) return;
    const untilS = (Date.now() + VALID_MS) / 1000;
    try {
      closeSync(openSync(this.#file, 'a'));
      utimesSync(this.#file, untilS, untilS);
    } catch {
      // Who looks finds no health. That is no reason to end.
    }
  }
}
