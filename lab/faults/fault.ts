import { allDone } from '../engine/all-done.ts';
import type { FateEvent } from '../model/event.ts';
import type { FaultReport } from '../model/fault-report.ts';
import { merge } from '../util/merge.ts';
import type { FaultDirection } from './fault-direction.ts';

/**
 * An impairment of the path between two hosts. It lasts until it is healed, its time is up (`forMs`), or this process ends.
 *
 * @example
 * await using loss = await lab.impair({ kind: 'loss', from: 'client', to: 'server', percent: 30 });
 * const [there] = await loss.report();
 * there?.status.achieved.lossPercent;
 */
export class Fault implements AsyncDisposable {
  /** The same seed and the same traffic give the same fates. */
  readonly seed: string;
  /** One, or both ways two. */
  readonly directions: readonly FaultDirection[];
  #healing: Promise<FaultReport[]> | undefined;

  constructor(seed: string, directions: readonly FaultDirection[]) {
    this.seed = seed;
    this.directions = directions;
  }

  /** The ids that `./socketlab heal` takes: one a direction. */
  get ids(): string[] {
    return this.begun.map(({ id }) => id);
  }

  /** What each direction was when it had just begun. */
  get begun(): FaultReport[] {
    return this.directions.map(({ begun }) => begun);
  }

  /**
   * What each direction has done so far; when it is over, what it did.
   *
   * @throws {LabError} `NO_FAULT` when its wire was killed.
   */
  async report(): Promise<FaultReport[]> {
    return this.#healing ?? Promise.all(this.directions.map((way) => way.report()));
  }

  /**
   * Waits until it is over, as when its time is up, and tells what each direction did.
   *
   * @throws {LabError} `NO_FAULT` when its wire was killed.
   */
  async outcome(): Promise<FaultReport[]> {
    return Promise.all(this.directions.map((way) => way.outcome()));
  }

  /**
   * What becomes of each packet, from the beginning of the fault until it is healed; whenever it is asked, nothing is missed.
   *
   * Of each fate at most 500 packets a second are told at a host (the counters of {@link report} are of all), and the
   * events are kept as long as the host has a fault: about the last 8 MB of them. With several faults on a path each tells
   * what it did itself: the last one that had an effect on a packet says that it was delivered.
   *
   * @param signal ends it, without an error
   * @throws {LabError} `NO_FAULT` when it is over, and its events are gone.
   *
   * @example
   * for await (const { fate, packet } of fault.fates()) {
   *   if (fate === 'lost') console.log(packet.ipId);
   * }
   */
  async *fates(signal?: AbortSignal): AsyncGenerator<FateEvent> {
    const ending = new AbortController();
    const end = AbortSignal.any([ending.signal, ...(signal ? [signal] : [])]);
    try {
      yield* merge(this.directions.map((way) => way.fates(end)));
    } finally {
      // Whoever stops listening leaves no connection to the engine open.
      ending.abort();
    }
  }

  /** Lets it last until somebody heals it, also when this process has ended. */
  async keep(): Promise<void> {
    await Promise.all(this.directions.map(({ wire, id }) => wire.keep([id])));
  }

  /**
   * Ends the fault: packets that wait go on their way. A second time does nothing, unless the first has failed.
   *
   * @returns what it did, also when it was over already; nothing of a direction whose wire was killed.
   */
  heal(): Promise<FaultReport[]> {
    this.#healing ??= this.#heal().catch((error: unknown) => {
      this.#healing = undefined;
      throw error;
    });
    return this.#healing;
  }

  async #heal(): Promise<FaultReport[]> {
    const reports = await allDone(this.directions.map((way) => way.heal()));
    return reports.filter((report) => report !== undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.heal();
  }
}
