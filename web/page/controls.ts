import type { FaultReports } from '../../lab/model/fault-report.ts';
import type { DecisionMessage } from '../messages.ts';
import { ask } from './ask.ts';
import { type BreakKind, isBreakKind, kinds } from './fault-kinds.ts';

/** How often the counters of the faults are requested while they are in view. */
const FIGURES_MS = 2000;

/** What is done to the lab from the page, and what came of it. */
export class Controls {
  readonly #changed: () => void;
  faults: FaultReports = { paths: [], hosts: [] };
  /** Why the last action failed. */
  trouble: string | undefined;
  /** What the form is about to break. */
  kind: BreakKind = 'loss';
  /** Something is being done: a lab takes a moment. */
  isBusy = false;
  #isAsking = false;
  #isWanted = false;
  /** Numbers of held packets: one stays in the list until the server has replied. */
  readonly #decided = new Set<number>();

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  choose(kind: string): void {
    if (isBreakKind(kind)) this.kind = kind;
    this.#changed();
  }

  break(form: FormData): Promise<void> {
    const { amount } = kinds[this.kind];
    return this.#do(async () => {
      await ask.break({
        kind: this.kind,
        from: form.get('from'),
        to: form.get('to'),
        ...(amount && { [amount.name]: Number(form.get('amount')) }),
        ...(form.has('both') && { bothWays: true }),
      });
    });
  }

  heal(ids?: readonly string[]): Promise<void> {
    return this.#do(() => ask.heal(ids));
  }

  hold(from: string, to: string): Promise<void> {
    return this.#do(() => ask.hold(from, to));
  }

  release(): Promise<void> {
    return this.#do(() => ask.release());
  }

  /** Whether a held packet was decided on at this page. */
  isDecided(number: number): boolean {
    return this.#decided.has(number);
  }

  decide(decision: DecisionMessage): Promise<void> {
    if (this.isDecided(decision.number)) return Promise.resolve();
    this.#decided.add(decision.number);
    // Not as something to wait for: the next packet may be there already.
    return ask.decide(decision).then(
      () => undefined,
      (error: Error) => {
        this.#decided.delete(decision.number);
        this.trouble = error.message;
        this.#changed();
      },
    );
  }

  /** Keeps the figures up to date while they are shown. */
  watchFaults(isLookedAt: () => boolean): void {
    window.setInterval(() => {
      if (isLookedAt() && document.visibilityState === 'visible') void this.refresh();
    }, FIGURES_MS);
  }

  /** Asks what is broken; what is asked while another answer is due is asked once more after it. */
  async refresh(): Promise<void> {
    this.#isWanted = true;
    if (this.#isAsking) return;
    this.#isAsking = true;
    try {
      while (this.#isWanted) {
        this.#isWanted = false;
        this.faults = await ask.faults();
        this.#changed();
      }
    } catch {
      // The figures grow old; that the connection is lost is shown elsewhere.
    } finally {
      this.#isAsking = false;
    }
  }

  async #do(action: () => Promise<unknown>): Promise<void> {
    this.isBusy = true;
    this.#changed();
    try {
      await action();
      this.trouble = undefined;
    } catch (error) {
      this.trouble = error instanceof Error ? error.message : String(error);
    }
    this.isBusy = false;
    this.#changed();
    await this.refresh();
  }
}
