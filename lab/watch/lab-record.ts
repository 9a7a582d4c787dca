import type { LabEvent } from '../model/event.ts';
import type { WatchedLab } from './observe-host.ts';
import { Watch, type WatchOptions } from './watch.ts';

/** More, and the earliest half is forgotten. */
const EVENTS_MAX = 20_000;

/** Reads a watch of a lab, and keeps its events. */
export class LabRecord {
  readonly #watch: Watch;
  readonly #reading: Promise<void>;
  #events: LabEvent[] = [];
  #stopping: Promise<void> | undefined;

  private constructor(watch: Watch) {
    this.#watch = watch;
    this.#reading = this.#read();
    // Reported by `stop`.
    this.#reading.catch(() => undefined);
  }

  static async start(lab: WatchedLab, options?: WatchOptions): Promise<LabRecord> {
    return new LabRecord(await Watch.start(lab, options));
  }

  /** Ends it. @returns what was seen, also when it has ended already. @throws {LabError} if it broke off. */
  async stop(): Promise<readonly LabEvent[]> {
    this.#stopping ??= this.#watch.stop();
    await this.#stopping;
    await this.#reading;
    return this.#events;
  }

  async #read(): Promise<void> {
    for await (const event of this.#watch) {
      this.#events.push(event);
      if (this.#events.length > EVENTS_MAX) this.#events = this.#events.slice(EVENTS_MAX / 2);
    }
  }
}
