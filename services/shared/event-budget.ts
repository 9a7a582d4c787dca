/** Events a second that are logged one by one. */
const EVENTS_PER_SECOND = 100;
const SECOND_MS = 1000;
/** Events that come once, and are never summed up. */
const ALWAYS = new Set(['summary', 'listening', 'stopping']);
/** pino's number of the level `error`: what ends a service is never summed up. */
const ERROR_LEVEL = 50;

export interface Summary {
  readonly counts: Readonly<Record<string, number>>;
  /** The severest level among what it sums up, as pino numbers it. */
  readonly level: number;
  readonly sentence: string;
}

/**
 * Decides which events are logged one by one, and sums up the rest once a second.
 *
 * @example
 * const budget = new EventBudget(({ counts, sentence }) => log.info({ event: 'summary', counts }, sentence));
 * if (budget.admits({ event: 'accepted' }, 30)) write();
 */
export class EventBudget {
  readonly #report: (summary: Summary) => void;
  readonly #counts = new Map<string, number>();
  #level = 0;
  #admitted = 0;
  #second: NodeJS.Timeout | undefined;

  constructor(report: (summary: Summary) => void) {
    this.#report = report;
  }

  /** Whether to log this event now; if not, it is counted for the summary. */
  admits(fields: unknown, level: number): boolean {
    const event = eventOf(fields);
    if (ALWAYS.has(event) || level >= ERROR_LEVEL) return true;
    this.#second ??= setTimeout(() => this.close(), SECOND_MS).unref();
    if (this.#admitted < EVENTS_PER_SECOND) {
      this.#admitted += 1;
      return true;
    }
    this.#level = Math.max(this.#level, level);
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
    this.#level = 0;
    const words = Object.entries(counts).map(([event, count]) => `${count} × ${event}`);
    this.#report({ counts, level, sentence: `and in the same second: ${words.join(', ')}` });
  }
}

function eventOf(fields: unknown): string {
  const named = typeof fields === 'object' && fields !== null && 'event' in fields;
  return named ? String(fields.event) : 'other';
}
