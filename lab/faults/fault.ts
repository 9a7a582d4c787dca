import { allDone } from '../engine/all-done.ts';
import type { FateEvent } from '../model/event.ts';
import type { DirectionReport } from '../model/fault-report.ts';
import { merge } from '../util/merge.ts';
import type { FaultDirection } from './fault-direction.ts';

/**
 * An impairment of the path between two hosts. It lasts until it is healed, its time is up (`forMs`), or this process exits.
 *
 * @example
 * await using loss = await lab.impair({ kind: 'loss', from: 'client', to: 'server', percent: 30 });
 * const [there] = await loss.report();
 * there?.status.achieved.lossPercent;
 */
export class Fault implements AsyncDisposable {
  /** Unique in the lab; what `./socketlab heal` takes. */
  readonly id: string;
  /** The same seed and traffic produce the same fates. */
  readonly seed: string;
  /** One direction, or two: the first is the one that was asked for. */
  readonly directions: readonly FaultDirection[];
  #healing: Promise<DirectionReport[]> | undefined;

  constructor({ id, seed }: { id: string; seed: string }, directions: readonly FaultDirection[]) {
    this.id = id;
    this.seed = seed;
    this.directions = directions;
  }

  /** The report of each direction at the moment when it began. */
  get begun(): DirectionReport[] {
    return this.directions.map(({ begun }) => begun);
  }

  /**
   * What each direction has done so far, or did until it was over.
   *
   * @throws {LabError} `NO_FAULT` if its wire was killed.
   */
  async report(): Promise<DirectionReport[]> {
    return this.#healing ?? Promise.all(this.directions.map((way) => way.report()));
  }

  /**
   * Waits until it is over, for example because its time is up, and reports what each direction did.
   *
   * @throws {LabError} `NO_FAULT` if its wire was killed.
   */
  async outcome(): Promise<DirectionReport[]> {
    return Promise.all(this.directions.map((way) => way.outcome()));
  }

  /**
   * What becomes of each packet, from the start of the fault until it is healed, whenever this is called.
   *
   * At most 500 packets a second of each fate are reported at a host (the counters of {@link report} count all), and the last 8
   * MB or so of events are kept while the host has a fault. With several faults on a path, each reports what it did itself; the
   * last one that affected a packet reports that it was delivered.
   *
   * @param signal ends it, without an error
   * @throws {LabError} `NO_FAULT` if it is over, and its events no longer exist.
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
      // A reader that stops leaves no connection to the engine open.
      ending.abort();
    }
  }

  /** Lets it outlast this process, until it is healed. */
  async keep(): Promise<void> {
    await Promise.all(this.directions.map(({ wire, id }) => wire.keep([id])));
  }

  /**
   * Heals the fault: packets that it holds back are released. A second call does nothing, unless the first has failed.
   *
   * @returns what it did, even if it was over already; without a direction whose wire was killed
   */
  heal(): Promise<DirectionReport[]> {
    this.#healing ??= this.#heal().catch((error: unknown) => {
      this.#healing = undefined;
      throw error;
    });
    return this.#healing;
  }

  async #heal(): Promise<DirectionReport[]> {
    const reports = await allDone(this.directions.map((way) => way.heal()));
    return reports.filter((report) => report !== undefined);
  }

  /** Heals it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.heal();
  }
}
