import { sentenceOf } from '../../lab/explain/sentence.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { count } from './format.ts';

/** No more often than this is anything said. */
const QUIET_MS = 6000;

/** Tells a screen reader now and then how things go, and not each step: those are read in the list. */
export class Announcer {
  words = '';
  #spokeAtMs = 0;
  #newestId = 0;
  #steps = 0;
  #lost = 0;

  /** Counts what is new. */
  see(steps: readonly Step[]): void {
    for (let i = steps.length - 1; i >= Math.max(0, steps.length - 500); i -= 1) {
      const step = steps[i];
      if (step === undefined || step.id <= this.#newestId) continue;
      this.#steps += 1;
      if (step.kind === 'packet' && step.delivery === 'lost') this.#lost += 1;
      if (step.kind === 'fault') this.say(sentenceOf(step));
    }
    this.#newestId = Math.max(this.#newestId, ...steps.slice(-500).map(({ id }) => id));
    if (performance.now() - this.#spokeAtMs < QUIET_MS || this.#steps === 0) return;
    const lost = this.#lost > 0 ? `, ${count(this.#lost, 'packet')} lost` : '';
    this.say(`${count(this.#steps, 'new step')}${lost}`);
    this.#steps = 0;
    this.#lost = 0;
  }

  /** All steps are new: another timeline has begun. */
  begin(): void {
    this.#newestId = 0;
  }

  /** Says something at once. */
  say(words: string): void {
    this.words = words;
    this.#spokeAtMs = performance.now();
  }
}
