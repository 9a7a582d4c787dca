/**
 * The wire of one host: its queue, its faults, its rules, and the time.
 *
 *     rules ──▶ Queue ──▶ Pipeline ──▶ verdicts, copies
 *                            ▲  └─────▶ fates ──▶ Output
 *                          Alarm
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { aboutFault } from './about-fault.ts';
import { Alarm } from './alarm.ts';
import { monotonicNs } from './clock.ts';
import type { Commanded } from './commands.ts';
import { Copies } from './copies.ts';
import type { Outlet } from './fates.ts';
import { Fault } from './fault.ts';
import { faultSettings } from './fault-settings.ts';
import type { FaultSettings } from './faults.ts';
import { HeldPackets } from './held-packets.ts';
import type { Output } from './output.ts';
import { identityOf, type WirePacket, wirePacket } from './packet.ts';
import { Pipeline } from './pipeline.ts';
import type { Queue } from './queue.ts';
import { ACCEPT, DROP, MAX_CHANGED, type QueuedPacket } from './queue-protocol.ts';
import { insertRules, removeRules } from './rules.ts';
import {
  type Decision,
  type FaultStatus,
  faultStatus,
  type HeldPacket,
  type WireStatus,
} from './status.ts';
import { realTimeNs } from './system.ts';

const HEALED_KEPT = 100;

/** It came too late for a new fault: that needs a new wire. */
export class WireEnded extends Error {
  override readonly name = 'WireEnded';
}

export class Wire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  readonly #host: string;
  readonly #queue: Queue;
  readonly #output: Output;
  readonly #pipeline: Pipeline;
  readonly #held: HeldPackets;
  readonly #copies = new Copies();
  readonly #alarm = new Alarm(() => this.#turn());
  readonly #ends = new Map<Fault, NodeJS.Timeout>();
  readonly #healed: FaultStatus[] = [];
  readonly #ending = new AbortController();
  #numbers = 0;
  /** Changes of the faults are made one after the other, as the rules take a while. */
  #lastChange: Promise<unknown> = Promise.resolve();

  constructor(host: string, queue: Queue, output: Output) {
    this.#host = host;
    this.#queue = queue;
    this.#output = output;
    this.#pipeline = new Pipeline(this.#outlet());
    this.#held = new HeldPackets(this.#pipeline);
    queue.start(this.#onPacket, () => this.#turn());
  }

  /**
   * Applies a fault, behind those that there are.
   *
   * @returns when it is in effect
   * @throws {TypeError | RangeError} for settings that are wrong
   */
  add(settings: unknown): Promise<FaultStatus> {
    return this.#change(async () => {
      if (this.ending.aborted) throw new WireEnded(`The wire of host "${this.#host}" has ended`);
      const valid = faultSettings(settings, this.#host);
      const id = valid.id ?? this.#newId(valid.kind);
      if (this.#find(id) !== undefined) {
        throw new RangeError(`Cannot impair host "${this.#host}": it has a fault "${id}" already`);
      }
      if (this.#pipeline.faults.length === 0) await this.#openRules().catch(this.#giveUp);
      const seed = valid.seed ?? randomBytes(8).toString('hex');
      const startedAtNs = String(realTimeNs());
      const began = { startedNs: monotonicNs(), startedAtNs };
      const fault = new Fault(valid, { id, host: this.#host, seed, ...began });
      this.#pipeline.add(fault);
      if (valid.forMs !== undefined) {
        const end = setTimeout(() => void this.remove([id]).catch(reportFailure), valid.forMs);
        this.#ends.set(fault, end);
      }
      return faultStatus(fault, monotonicNs());
    });
  }

  /**
   * Heals faults, all without an argument: what they keep back goes on now. Without a fault the wire is to end.
   *
   * @returns what they did; nothing of one that there is not
   */
  remove(ids?: readonly string[]): Promise<FaultStatus[]> {
    return this.#change(async () => {
      const faults = this.#pipeline.faults.filter(({ id }) => ids?.includes(id) ?? true);
      const statuses = faults.map((fault) => {
        clearTimeout(this.#ends.get(fault));
        this.#ends.delete(fault);
        this.#pipeline.remove(fault, monotonicNs());
        return faultStatus(fault, monotonicNs());
      });
      this.#turn();
      for (const status of statuses) this.ends.emit('healed', status);
      this.#healed.push(...statuses);
      this.#healed.splice(0, this.#healed.length - HEALED_KEPT);
      if (this.#pipeline.faults.length > 0) return statuses;
      try {
        if (faults.length > 0) await removeRules();
      } finally {
        this.#ending.abort();
      }
      return statuses;
    });
  }

  /** Aborted when there is no fault left: there is nothing to do, and a new fault needs a new wire. */
  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  get status(): WireStatus {
    const nowNs = monotonicNs();
    const { faults, inFlight, overflowed } = this.#pipeline;
    return {
      faults: faults.map((fault) => faultStatus(fault, nowNs)),
      healed: this.#healed,
      inFlight,
      overflowed,
      missed: this.#queue.missed,
      copiesFailed: this.#copies.failed,
    };
  }

  /** The oldest packet that waits for a decision, of those with an id above `after`; undefined if there is none in time. */
  nextHeld(after: number, timeoutMs: number): Promise<HeldPacket | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), this.ending]);
    return this.#held.next(after, signal);
  }

  /** @throws {RangeError} when no such packet waits, or it cannot be duplicated. */
  decide(id: number, decision: Decision): void {
    this.#held.decide(id, decision);
    this.#turn();
  }

  /** Heals all faults, and gives the queue up. */
  async stop(): Promise<void> {
    await this.remove();
    // What was queued before the rules were gone.
    while (!this.#queue.drain(this.#onPacket)) this.#queue.flush();
    await this.#queue.stop();
  }

  readonly #onPacket = (queued: QueuedPacket): void => {
    const nowNs = monotonicNs();
    const packet = this.#pipeline.faults.length > 0 ? wirePacket(queued, nowNs) : undefined;
    if (packet === undefined) this.#queue.decide({ id: queued.id, verdict: ACCEPT });
    else this.#pipeline.arrive(packet, nowNs);
  };

  #outlet(): Outlet {
    return {
      deliver: (packet) => this.#deliver(packet),
      lose: ({ id }) => {
        if (id !== undefined) this.#queue.decide({ id, verdict: DROP });
      },
      note: (fate, fault, packet) => {
        if (fate === 'held') this.#held.announce();
        const isChecksumFixed = fate === 'corrupted' && fixesChecksum(fault.settings);
        this.#output.fate(fate, fault.id, () => ({
          packet: identityOf(packet),
          ...(isChecksumFixed && { isChecksumFixed }),
        }));
      },
      change: (change, { id, settings }) => {
        this.#output.fault({ ...aboutFault(id, settings), change });
      },
    };
  }

  /** @returns whether the kernel took it. */
  #deliver(packet: WirePacket): boolean {
    const { id, bytes, isChanged } = packet;
    if (id === undefined) {
      // The original is to be there first.
      this.#queue.flush();
      return this.#copies.send(packet);
    }
    const isWritten = isChanged && bytes.length <= MAX_CHANGED;
    this.#queue.decide({ id, verdict: ACCEPT, ...(isWritten && { bytes }) });
    return true;
  }

  /** Lets go what is due, and sees to it that this happens again in time. */
  #turn(): void {
    this.#pipeline.advance(monotonicNs());
    this.#queue.flush();
    this.#alarm.set(this.#pipeline.nextNs);
  }

  async #openRules(): Promise<void> {
    // A wire that was killed may have left some.
    await removeRules();
    try {
      await insertRules(this.#queue.number);
    } catch (error) {
      await removeRules();
      throw error;
    }
  }

  readonly #giveUp = (error: Error): never => {
    this.#ending.abort();
    throw error;
  };

  #newId(kind: string): string {
    do this.#numbers += 1;
    while (this.#find(`${kind}-${this.#numbers}`) !== undefined);
    return `${kind}-${this.#numbers}`;
  }

  #find(id: string): Fault | undefined {
    return this.#pipeline.faults.find((fault) => fault.id === id);
  }

  #change<T>(change: () => Promise<T>): Promise<T> {
    const changed = this.#lastChange.then(change);
    this.#lastChange = changed.catch(() => {});
    return changed;
  }
}

function reportFailure(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
}

function fixesChecksum(settings: FaultSettings): boolean {
  return settings.kind === 'corrupt' && settings.fixChecksum === true;
}
