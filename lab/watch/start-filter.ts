import type { LabEvent } from '../model/event.ts';

/**
 * Where a watch begins: its instruments do not all come at once, and what only some of them saw would look as if the rest had
 * not happened. What came before all of them is left out, and so is what happened before the last thing that was left out.
 *
 *     capture ─ packets ─▶ left out │ told ─▶
 *     trace           ─ calls ─▶    │ told ─▶
 *                                 begin
 *
 * What is so already is told: who listens, and what a program waits in.
 */
export class StartFilter {
  #hasBegun = false;
  #lastLeftOutNs = 0n;
  /** Calls that were told while they waited: their ends are told too. */
  readonly #waiting = new Set<string>();

  begin(): void {
    this.#hasBegun = true;
  }

  /** The events that are to be told. */
  async *of<T extends LabEvent>(events: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const event of events) if (this.#tells(event)) yield event;
  }

  #tells(event: LabEvent): boolean {
    const isCall = event.kind === 'call';
    const key = isCall ? `${event.host} ${event.id}` : '';
    if (isCall && event.stage === 'waiting' && !this.#hasBegun) this.#waiting.add(key);
    if (isCall && event.stage !== 'returned') return true;
    if (this.#waiting.delete(key)) return true;
    const endNs = BigInt(event.atNs) + BigInt(Math.round((isCall && event.tookNs) || 0));
    if (this.#hasBegun) return endNs > this.#lastLeftOutNs;
    if (endNs > this.#lastLeftOutNs) this.#lastLeftOutNs = endNs;
    return false;
  }
}
