import { read } from 'node:fs';
import { openTimer, setTimer } from '../system.ts';
import { monotonicNs } from './clock.ts';

/**
 * Calls back at a set time. It is a timer of the kernel, read in Node's thread pool: Node's own timers have a resolution of a
 * millisecond, which would be too coarse.
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

  /** Sets it to a time on the wire's clock. If it is set to an earlier time, it stays: to ring too early does no harm. */
  set(atNs: number | undefined): void {
    if (atNs === undefined || atNs >= this.#setForNs) return;
    this.#setForNs = atNs;
    setTimer(this.#fd, atNs - monotonicNs());
  }
}
