import type { LabEvent } from '../model/event.ts';

/**
 * Decides where a watch begins: its instruments do not start all at once, and what only some of them saw would look as if the
 * rest had not happened. What came before all had started is left out, and so is what happened before the last event left out.
 *
 *     capture ─ packets ─▶ left out │ kept ─▶
 *     trace           ─ calls ─▶    │ kept ─▶
 *                                 begin
 *
 * The state at the start is kept: which sockets are open, and which calls are waiting.
 */
export class StartFilter {
  #hasBegun = false;
  #lastLeftOutNs = 0n;
  /** Calls that were kept while they waited: their returns are kept, too. */
  readonly #waiting = new Set<string>();

  begin(): void {
    this.#hasBegun = true;
  }

  /** The events that are kept. */
  async *of<T extends LabEvent>(events: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const event of events) if (this.#isKept(event)) yield event;
  }

  #isKept(event: LabEvent): boolean {
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
