/** The wire of one host: its faults from start to end, and the paths whose packets they get. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { faultSettings } from '../../model/fault-settings.ts';
import type { Decision, HeldPacketStatus } from '../../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../../model/wire-status.ts';
import { realTimeNs } from '../system.ts';
import { monotonicNs } from './clock.ts';
import type { Commanded } from './commanded.ts';
import { NS_PER_MS } from './impairment.ts';
import { Paths, type QueueNumbers } from './paths.ts';
import type { Queue } from './queue.ts';
import { faultStatus } from './status.ts';
import { Traffic } from './traffic.ts';
import { WireEnded } from './wire-ended.ts';
import { WireFault } from './wire-fault.ts';
import type { WireOutput } from './wire-output.ts';

const HEALED_KEPT = 100;

export class Wire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  readonly #host: string;
  readonly #queue: Queue;
  readonly #traffic: Traffic;
  readonly #paths: Paths;
  /** Faults for which packets are queued already, and still pass. */
  readonly #prepared = new Set<WireFault>();
  readonly #healed: FaultStatus[] = [];
  readonly #ending = new AbortController();
  #numbers = 0;
  /** The queues are released: to commands that come now, there is nothing to heal. */
  #isOver = false;
  /** Changes of the rules are made one after another, as they take a while. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(host: string, queue: Queue, { numbers, output }: WireOptions) {
    this.#host = host;
    this.#queue = queue;
    this.#traffic = new Traffic(queue, output);
    this.#paths = new Paths(queue, numbers, this.#traffic);
  }

  /**
   * Applies a fault after the existing ones; or prepares it, so that {@link begin} takes effect at once. Resolves when it is in
   * effect, or prepared.
   *
   * @throws {TypeError | RangeError} for invalid settings
   */
  add(settings: unknown, { isPrepared = false } = {}): Promise<FaultStatus> {
    return this.#change(async () => {
      if (this.ending.aborted) throw new WireEnded(`The wire of host "${this.#host}" has ended`);
      const fault = this.#newFault(settings);
      await this.#queuePathsOf([...this.#faults, fault]);
      this.#prepared.add(fault);
      if (!isPrepared) this.#begin(fault, monotonicNs());
      return faultStatus(fault, monotonicNs());
    });
  }

  /**
   * Begins prepared faults at one time, so that they also end at one time. Resolves when they are in effect.
   *
   * @param atNs on the kernel's monotonic clock; if it is past, they begin at once
   * @throws {RangeError} if one is not prepared, for example because it has been healed
   */
  async begin(ids: readonly string[], atNs: number): Promise<FaultStatus[]> {
    const faults = ids.map((id) => {
      const fault = this.#find(id);
      if (fault !== undefined && this.#prepared.has(fault)) return fault;
      throw new RangeError(`Cannot begin fault "${id}": it is not prepared`);
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#traffic.agenda.add(atNs, () => {
      for (const fault of faults) if (this.#prepared.has(fault)) this.#begin(fault, atNs);
      resolve();
    });
    this.#traffic.turn();
    await promise;
    return faults.map((fault) => faultStatus(fault, monotonicNs()));
  }

  /**
   * Heals faults, by default all: what they hold back is released at once. Without any fault, the wire ends.
   *
   * @returns what they did; unknown ids are ignored
   */
  async remove(ids?: readonly string[]): Promise<FaultStatus[]> {
    const statuses = this.#end(this.#faults.filter(({ id }) => ids?.includes(id) ?? true));
    await this.#settle();
    return statuses;
  }

  /** Aborted when there are no faults left: then the wire ends, and a new fault needs a new wire. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  get status(): WireStatus {
    const nowNs = monotonicNs();
    const { inFlight, overflowed } = this.#traffic.pipeline;
    return {
      faults: this.#traffic.pipeline.faults.map((fault) => faultStatus(fault, nowNs)),
      prepared: [...this.#prepared].map((fault) => faultStatus(fault, nowNs)),
      healed: this.#healed,
      inFlight,
      overflowed,
      missed: this.#queue.missed,
      copiesFailed: this.#traffic.copiesFailed,
    };
  }

  /** The oldest packet with an id above `after` that waits for a decision; undefined if none comes in time. */
  nextHeld(after: number, timeoutMs: number): Promise<HeldPacketStatus | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.ending]);
    return this.#traffic.held.next(after, signal);
  }

  /** @throws {RangeError} if no such packet waits, or it cannot be duplicated. */
  decide(id: number, decision: Decision): void {
    this.#traffic.held.decide(id, decision);
    this.#traffic.turn();
  }

  /** Heals all faults, including prepared ones, and releases the queues. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#change(async () => {});
    await this.remove();
    await this.#change(async () => {
      this.#isOver = true;
      await this.#queue.stop();
    });
  }

  get #faults(): WireFault[] {
    return [...this.#traffic.pipeline.faults, ...this.#prepared];
  }

  #newFault(settings: unknown): WireFault {
    const valid = faultSettings(settings, this.#host);
    const id = valid.id ?? this.#newId(valid.kind);
    if (this.#find(id) !== undefined) {
      throw new RangeError(`Cannot impair host "${this.#host}": it has a fault "${id}" already`);
    }
    const seed = valid.seed ?? randomBytes(8).toString('hex');
    const fault = new WireFault(valid, { id, host: this.#host, seed });
    fault.begin(now());
    return fault;
  }

  async #queuePathsOf(faults: readonly WireFault[]): Promise<void> {
    try {
      await this.#paths.set(faults.map(({ settings }) => settings));
    } catch (error) {
      if (this.#faults.length === 0) this.#ending.abort();
      throw error;
    }
  }

  #begin(fault: WireFault, atNs: number): void {
    this.#prepared.delete(fault);
    fault.begin(now());
    this.#traffic.pipeline.add(fault);
    const { forMs } = fault.settings;
    if (forMs === undefined) return;
    this.#traffic.agenda.add(atNs + forMs * NS_PER_MS, () => {
      if (this.#end([fault]).length > 0) void this.#settle().catch(reportFailure);
    });
    this.#traffic.turn();
  }

  /** Ends faults at once. @returns what they did; without those that were over already */
  #end(faults: readonly WireFault[]): FaultStatus[] {
    const nowNs = monotonicNs();
    const statuses = faults
      .filter(
        (fault) => this.#prepared.delete(fault) || this.#traffic.pipeline.remove(fault, nowNs),
      )
      .map((fault) => faultStatus(fault, nowNs));
    this.#traffic.turn();
    for (const status of statuses) this.ends.emit('healed', status);
    this.#healed.push(...statuses);
    this.#healed.splice(0, this.#healed.length - HEALED_KEPT);
    return statuses;
  }

  /** Stops queueing packets that no fault is for any more. */
  #settle(): Promise<void> {
    return this.#change(async () => {
      if (this.#isOver) return;
      const faults = this.#faults;
      try {
        await this.#queuePathsOf(faults);
      } finally {
        if (faults.length === 0) this.#ending.abort();
      }
    });
  }

  #newId(kind: string): string {
    do this.#numbers += 1;
    while (this.#find(`${kind}-${this.#numbers}`) !== undefined);
    return `${kind}-${this.#numbers}`;
  }

  #find(id: string): WireFault | undefined {
    return this.#faults.find((fault) => fault.id === id);
  }

  #change<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#lastChange.then(change);
    this.#lastChange = changed.catch(() => {});
    return changed;
  }
}

export interface WireOptions {
  readonly numbers: QueueNumbers;
  readonly output: WireOutput;
}

const now = () => ({ startedNs: monotonicNs(), startedAtNs: String(realTimeNs()) });

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}
