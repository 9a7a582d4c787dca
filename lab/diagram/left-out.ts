import type { Step } from '../timeline/step.ts';
import { counted } from '../util/counted.ts';
import { msOf } from '../util/nanoseconds.ts';

/** How often it is reported. */
const TELL_MS = 5000;

/** Counts steps that are not drawn. */
export class LeftOut {
  #steps = 0;
  readonly #hosts = new Set<string>();
  #toldMs: number | undefined;

  add(step: Step): void {
    this.#steps += 1;
    this.#hosts.add(step.host);
  }

  /** What has been left out since the last report, if another one is due. */
  due(atNs: string): string | undefined {
    const atMs = msOf(atNs);
    this.#toldMs ??= atMs;
    if (atMs - this.#toldMs < TELL_MS) return undefined;
    this.#toldMs = atMs;
    return this.take();
  }

  /** What has been left out since the last report, if anything has. */
  take(): string | undefined {
    if (this.#steps === 0) return undefined;
    const words = `${counted(this.#steps, 'step')} at ${counted(this.#hosts.size, 'other host')}`;
    this.#steps = 0;
    this.#hosts.clear();
    return words;
  }
}
