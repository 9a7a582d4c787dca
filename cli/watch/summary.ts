import type { Step } from '../../lab/timeline/step.ts';
import { counted } from '../../lab/util/counted.ts';
import { LruMap } from '../../lab/util/lru-map.ts';
import type { Output } from './output.ts';

/** A watch may last for days: conversations that have not been seen for this many others have ended. */
const REMEMBERED_MAX = 10_000;

/** Counts what was seen. */
export class Summary implements Output {
  #conversations = 0;
  #packets = 0;
  #lost = 0;
  #retransmissions = 0;
  /** The latest ones that were counted, by id. */
  readonly #counted = new LruMap<number, true>(REMEMBERED_MAX);

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.#add(step);
  }

  #add(step: Step): void {
    if (step.conversation !== undefined) this.#count(step.conversation);
    if (step.kind !== 'packet') return;
    this.#packets += 1;
    if (step.delivery === 'lost') this.#lost += 1;
    if (step.isRetransmission) this.#retransmissions += 1;
  }

  #count(conversation: number): void {
    if (!this.#counted.has(conversation)) this.#conversations += 1;
    this.#counted.set(conversation, true);
  }

  /** `3 conversations, 40 packets, 1 lost, 2 retransmissions` */
  get words(): string {
    return [
      counted(this.#conversations, 'conversation'),
      counted(this.#packets, 'packet'),
      `${this.#lost} lost`,
      counted(this.#retransmissions, 'retransmission'),
    ].join(', ');
  }
}
