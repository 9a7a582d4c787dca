const SECOND_MS = 1000;
/** Events that come once, and are never summed up. */
const ALWAYS = new Set(['listening', 'stopping']);

/** How severe an event is: an error ends the service, and is never summed up. */
export type Level = 'info' | 'warn' | 'error';

export interface Summary {
  readonly counts: Readonly<Record<string, number>>;
  /** The severest level among what it sums up. */
  readonly level: Exclude<Level, 'error'>;
  readonly sentence: string;
}

/**
 * Decides which events are logged one by one, and sums up the rest once a second.
 *
 * @example
 * const budget = new EventBudget(100, ({ sentence }) => console.log(sentence));
 * if (budget.admits('accepted', 'info')) console.log('accepted a connection');
 */
export class EventBudget {
  readonly #perSecond: number;
  readonly #report: (summary: Summary) => void;
  readonly #counts = new Map<string, number>();
  #level: Summary['level'] = 'info';
  #admitted = 0;
  #second: NodeJS.Timeout | undefined;

  /** @param perSecond how many events a second are logged one by one */
  constructor(perSecond: number, report: (summary: Summary) => void) {
    this.#perSecond = perSecond;
    this.#report = report;
  }

  /** Whether to log this event now; if not, it is counted for the summary. */
  admits(event: string, level: Level): boolean {
    if (ALWAYS.has(event) || level === 'error') return true;
    this.#second ??= setTimeout(() => this.close(), SECOND_MS).unref();
    if (this.#admitted < this.#perSecond) {
      this.#admitted += 1;
      return true;
    }
    if (level === 'warn') this.#level = level;
    this.#counts.set(event, (this.#counts.get(event) ?? 0) + 1);
    return false;
  }

  /** Ends the current second: reports what it left out. */
  close(): void {
    clearTimeout(this.#second);
    this.#second = undefined;
    this.#admitted = 0;
    if (this.#counts.size === 0) return;
    const counts = Object.fromEntries(this.#counts);
    const level = this.#level;
    this.#counts.clear();
    this.#level = 'info';
    const words = Object.entries(counts).map(([event, count]) => `${count} × ${event}`);
    this.#report({ counts, level, sentence: `and in the same second: ${words.join(', ')}` });
  }
}
