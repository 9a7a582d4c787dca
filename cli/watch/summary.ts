import type { Step } from '../../lab/timeline/step.ts';
import type { Output } from './output.ts';

/** Counts what was seen. */
export class Summary implements Output {
  #conversations = 0;
  #packets = 0;
  #lost = 0;
  #retransmissions = 0;
  /** Conversations are numbered as they begin, so that those known need not be remembered. */
  #latest = 0;

  steps(steps: readonly Step[]): void {
    for (const step of steps) this.#add(step);
  }

  #add(step: Step): void {
    const { conversation = 0 } = step;
    if (conversation > this.#latest) {
      this.#latest = conversation;
      this.#conversations += 1;
    }
    // One that comes again was counted when it was under way.
    if (step.kind !== 'packet') return;
    this.#packets += 1;
    if (step.passage === 'lost') this.#lost += 1;
    if (step.isRetransmission) this.#retransmissions += 1;
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

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
