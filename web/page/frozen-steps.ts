import type { Step } from '../../lab/timeline/step.ts';

/** The steps that are shown while the page is paused: no others come, but what these mean may still become known. */
export class FrozenSteps {
  readonly #ids: ReadonlySet<number>;
  #steps: readonly Step[];
  #current: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.#ids = new Set(steps.map(({ id }) => id));
    this.#steps = this.#current = steps;
  }

  /** As they are now. @param current all steps that the timeline has: one that it has forgotten stays as it was. */
  now(current: readonly Step[]): readonly Step[] {
    if (current === this.#current) return this.#steps;
    this.#current = current;
    const known = current.filter(({ id }) => this.#ids.has(id));
    const kept = new Set(known.map(({ id }) => id));
    const forgotten = this.#steps.filter(({ id }) => !kept.has(id));
    const isSame = forgotten.length === 0 && known.every((step, i) => step === this.#steps[i]);
    if (!isSame) this.#steps = [...forgotten, ...known];
    return this.#steps;
  }
}
