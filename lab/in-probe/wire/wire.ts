/** The wire of one host: its faults from beginning to end, and the paths whose packets they get. */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { faultSettings } from '../../model/fault-settings.ts';
import type { Decision, HeldPacketStatus } from '../../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../../model/wire-status.ts';
import { monotonicNs } from './clock.ts';
import type { Commanded } from './commanded.ts';
import { NS_PER_MS } from './impairment.ts';
import type { Output } from './output.ts';
import { Paths, type QueueNumbers } from './paths.ts';
import type { Queue } from './queue.ts';
import { faultStatus } from './status.ts';
import { realTimeNs } from './system.ts';
import { Traffic } from './traffic.ts';
import { WireEnded } from './wire-ended.ts';
import { WireFault } from './wire-fault.ts';

const HEALED_KEPT = 100;

export class Wire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  readonly #host: string;
  readonly #queue: Queue;
  readonly #traffic: Traffic;
  readonly #paths: Paths;
  /** Packets are queued for them already, and pass. */
  readonly #prepared = new Set<WireFault>();
  readonly #healed: FaultStatus[] = [];
  readonly #ending = new AbortController();
  #numbers = 0;
  /** Changes of the rules are made one after the other, as they take a while. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(host: string, queue: Queue, { numbers, output }: WireOptions) {
    this.#host = host;
    this.#queue = queue;
    this.#traffic = new Traffic(queue, output);
    this.#paths = new Paths(queue, numbers, this.#traffic);
  }

  /**
   * Applies a fault, behind those that there are; or prepares it, so that {@link begin} has nothing to wait for.
   *
   * @returns when it is in effect, or prepared
   * @throws {TypeError | RangeError} for settings that are wrong
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
   * Lets prepared faults begin at a time, and so end at one, too.
   *
   * @param atNs on the kernel's monotonic clock; now, where it is past
   * @returns when they are in effect
   * @throws {RangeError} when one is not prepared, as when it was healed meanwhile
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
   * Heals faults, all without an argument: what they keep back goes on at once. Without a fault the wire is to end.
   *
   * @returns what they did; nothing of one that there is not
   */
  async remove(ids?: readonly string[]): Promise<FaultStatus[]> {
    const statuses = this.#end(this.#faults.filter(({ id }) => ids?.includes(id) ?? true));
    await this.#settle();
    return statuses;
  }

  /** Aborted when there is no fault left: there is nothing to do, and a new fault needs a new wire. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  get status(): WireStatus {
    const nowNs = monotonicNs();
    const { inFlight, overflowed } = this.#traffic.pipeline;
    return {
      faults: this.#faults.map((fault) => faultStatus(fault, nowNs)),
      healed: this.#healed,
      inFlight,
      overflowed,
      missed: this.#queue.missed,
      copiesFailed: this.#traffic.copiesFailed,
    };
  }

  /** The oldest packet that waits for a decision, of those with an id above `after`; undefined if there is none in time. */
  nextHeld(after: number, timeoutMs: number): Promise<HeldPacketStatus | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.ending]);
    return this.#traffic.held.next(after, signal);
  }

  /** @throws {RangeError} when no such packet waits, or it cannot be duplicated. */
  decide(id: number, decision: Decision): void {
    this.#traffic.held.decide(id, decision);
    this.#traffic.turn();
  }

  /** Heals all faults, also those that are about to begin, and gives the queues up. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#change(async () => {});
    await this.remove();
    await this.#queue.stop();
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

  /** From now on they have no effect. @returns what they did; nothing of one that is over already */
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

  /** Ceases to queue packets that no fault is for any more. */
  #settle(): Promise<void> {
    return this.#change(async () => {
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
  readonly output: Output;
}

const now = () => ({ startedNs: monotonicNs(), startedAtNs: String(realTimeNs()) });

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}
