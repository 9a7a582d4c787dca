import { read } from 'node:fs';
import { monotonicNs } from './clock.ts';
import { openTimer, setTimer } from './system.ts';

/**
 * Rings when a time has come. A timer of the kernel, read in Node's thread pool: Node's own timers count whole milliseconds,
 * which alone would be an error of one.
 */
export class Alarm {
  readonly #fd = openTimer();
  readonly #expirations = Buffer.alloc(8);
  #setForNs = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    const wait = () => {
      read(this.#fd, this.#expirations, 0, 8, null, () => {
        this.#setForNs = Number.POSITIVE_INFINITY;
        ring();
        wait();
      });
    };
    wait();
  }

  /** Sets it for another time, on the wire's clock. One that is set for earlier rings then, in vain, which does no harm. */
  set(atNs: number | undefined): void {
    if (atNs === undefined || atNs >= this.#setForNs) return;
    this.#setForNs = atNs;
    setTimer(this.#fd, atNs - monotonicNs());
  }
}
