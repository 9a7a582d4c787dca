/**
 * The wire of a host, from outside: finds or starts the probe that runs its program, and speaks to it.
 *
 *     HostWire ──WireConnection──▶ main.ts, in the probe ◀──queue──▶ the host's kernel
 */

import type { Host } from '../hosts/host.ts';
import { readLog } from '../hosts/host-log.ts';
import type { FateEvent, FaultEvent, OmissionEvent } from '../model/event.ts';
import type { FaultSettings } from '../model/faults.ts';
import { LabError } from '../model/lab-error.ts';
import type {
  CommandName,
  CommandOf,
  Decision,
  Done,
  HeldPacketStatus,
  WireErrorCode,
  WireReply,
} from '../model/wire-commands.ts';
import type { FaultStatus, WireStatus } from '../model/wire-status.ts';
import type { Prepared } from './begin-together.ts';
import { type WireConnection, wireConnection } from './wire-connection.ts';
import { endWireProbe, findWireProbes, isGone, type WireProbe, wireProbe } from './wire-probe.ts';

/** What a wire tells of its packets and faults. */
type WireEvent = FateEvent | FaultEvent | OmissionEvent;

const NS_PER_MS = 1e6;

const told: ReadonlySet<string> = new Set<WireEvent['kind']>(['fate', 'fault', 'omission']);

export class HostWire {
  readonly host: Host;
  /** Of the probe that it runs in. */
  readonly id: string;
  /** The host has ended since, and its network with it: the faults of this wire are over. */
  readonly isPast: boolean;

  private constructor({ host, id, isPast }: WireProbe) {
    this.host = host;
    this.id = id;
    this.isPast = isPast;
  }

  /** The wires that some hosts have, also past ones. */
  static async find(hosts: readonly Host[]): Promise<HostWire[]> {
    return (await findWireProbes(hosts)).map((probe) => new HostWire(probe));
  }

  /**
   * Prepares a fault on the wire that a host has, or on a new one: it has no effect yet, and can begin at once. It ends with this
   * process, unless it is kept.
   *
   * @throws {LabError} when there cannot be one.
   */
  static async prepare(host: Host, settings: FaultSettings): Promise<Prepared<BegunFault>> {
    for (;;) {
      const wire = new HostWire({ host, id: await wireProbe(host), isPast: false });
      const prepared = await wire.#ifThere(() => wire.#prepare(settings));
      if (prepared !== undefined) return prepared;
      // Somebody else has just healed its last fault.
      await endWireProbe(wire.id);
    }
  }

  /**
   * Heals faults; with the last one the wire goes too.
   *
   * @returns what they had done; nothing of a fault whose time was up, or whose wire was killed: it is healed already.
   */
  async remove(ids: readonly string[]): Promise<readonly FaultStatus[]> {
    const reply = await this.#ifThere(() => this.#send({ command: 'remove', ids }));
    if (reply === undefined) return [];
    const { removed, left } = done(reply);
    if (left === 0) await endWireProbe(this.id);
    return removed;
  }

  /** Lets faults outlast this process; those that are over already stay so. */
  async keep(ids: readonly string[]): Promise<void> {
    const reply = await this.#ifThere(() => this.#send({ command: 'keep', ids }));
    if (reply !== undefined) done(reply);
  }

  /** The faults that are on; none when the wire has gone meanwhile. */
  async faults(): Promise<readonly FaultStatus[]> {
    try {
      return (await this.status()).faults;
    } catch (error) {
      if (await this.isGone()) return [];
      throw error;
    }
  }

  /** @throws {LabError} when the wire is gone. */
  async status(): Promise<WireStatus> {
    return (await this.#command({ command: 'status' })).status;
  }

  /** The next packet that waits for a decision, or undefined when none comes within `timeoutMs`. */
  async nextHeld(after: number, timeoutMs: number): Promise<HeldPacketStatus | undefined> {
    const { held } = await this.#command({ command: 'next-held', after, timeoutMs });
    return held ?? undefined;
  }

  async decide(id: number, decision: Decision): Promise<void> {
    await this.#command({ command: 'decide', id, ...decision });
  }

  /** What its faults did, and what becomes of each packet, as long as the wire lasts: also what is over already. */
  async *events(signal: AbortSignal): AsyncGenerator<WireEvent> {
    const probe = { id: this.id, name: this.host.name };
    for await (const { line } of readLog(probe, { follow: true, signal })) {
      // It may also log what went wrong, as plain text.
      const event = line.startsWith('{') ? JSON.parse(line) : undefined;
      if (told.has(event?.kind)) yield event;
    }
  }

  /** Whether it has ended. */
  isGone(): Promise<boolean> {
    return isGone(this.id);
  }

  /** @returns nothing when it is too late for that: the wire has healed its last fault. */
  async #prepare(settings: FaultSettings): Promise<Prepared<BegunFault> | undefined> {
    const connection = await this.#connection();
    const command = { command: 'add', fault: settings, isPrepared: true } as const;
    const reply = await connection.send(command, this.#what);
    if (!reply.ok && reply.error.code === 'WIRE_ENDED') return undefined;
    const { fault, clockNs } = done(reply);
    const { id } = fault;
    const offsetNs = clockNs - performance.now() * NS_PER_MS;
    return {
      clockNs: () => performance.now() * NS_PER_MS + offsetNs,
      begin: async (atNs) => {
        const begin = { command: 'begin', ids: [id], atNs } as const;
        const [begun] = done(await connection.send(begin, this.#what)).faults;
        if (begun === undefined) throw new LabError('PROBE_FAILED', `Cannot begin fault "${id}"`);
        return { wire: this, fault: begun, outcome: () => connection.outcome(begun) };
      },
      heal: async () => {
        await this.remove([id]);
      },
    };
  }

  async #command<Name extends CommandName>(command: CommandOf<Name>): Promise<Done<Name>> {
    return done(await this.#send(command));
  }

  /** @returns nothing when the wire has gone. */
  async #ifThere<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      if (await this.isGone()) return undefined;
      throw error;
    }
  }

  async #send<Name extends CommandName>(command: CommandOf<Name>): Promise<WireReply<Name>> {
    return (await this.#connection()).send(command, this.#what);
  }

  #connection(): Promise<WireConnection> {
    return wireConnection(this.id, this.#what);
  }

  get #what(): string {
    return `reach the wire of host "${this.host.name}"`;
  }
}

/** A fault that this process has begun. */
export interface BegunFault {
  readonly wire: HostWire;
  /** What it was when it had just begun. */
  readonly fault: FaultStatus;
  /** Waits until it is over, and tells what it did; nothing when its wire was killed. */
  readonly outcome: () => Promise<FaultStatus | undefined>;
}

/** @throws what kept the wire from carrying a command out. */
function done<Name extends CommandName>(reply: WireReply<Name>): Done<Name> {
  if (reply.ok) return reply;
  throw errorOf(reply.error.code, reply.error.message);
}

function errorOf(code: WireErrorCode, message: string): Error {
  if (code === 'OUT_OF_RANGE') return new RangeError(message);
  return code === 'WRONG_TYPE' ? new TypeError(message) : new LabError('PROBE_FAILED', message);
}
