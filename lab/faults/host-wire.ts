/**
 * The wire of a host, seen from outside: finds or starts the probe that runs its program, and sends it commands.
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

/** What a wire reports of its packets and faults. */
type WireEvent = FateEvent | FaultEvent | OmissionEvent;

const NS_PER_MS = 1e6;

const reported: ReadonlySet<string> = new Set<WireEvent['kind']>(['fate', 'fault', 'omission']);

export class HostWire {
  readonly host: Host;
  /** The id of its probe. */
  readonly id: string;
  /** Whether the host has stopped since, and its network with it: the faults of this wire are over. */
  readonly isPast: boolean;

  private constructor({ host, id, isPast }: WireProbe) {
    this.host = host;
    this.id = id;
    this.isPast = isPast;
  }

  /** The wires of some hosts, including past ones. */
  static async find(hosts: readonly Host[]): Promise<HostWire[]> {
    return (await findWireProbes(hosts)).map((probe) => new HostWire(probe));
  }

  /**
   * Prepares a fault on the wire of a host, which is started if there is none: the fault has no effect yet, and can begin at
   * once. It ends with this process, unless it is kept.
   *
   * @throws {LabError} if it cannot be prepared.
   */
  static async prepare(host: Host, settings: FaultSettings): Promise<Prepared<BegunFault>> {
    for (;;) {
      const wire = new HostWire({ host, id: await wireProbe(host), isPast: false });
      const prepared = await wire.#ifThere(() => wire.#prepare(settings));
      if (prepared !== undefined) return prepared;
      // Another process has just healed the last fault of the wire.
      await endWireProbe(wire.id);
    }
  }

  /**
   * Heals faults; with its last fault, the wire ends.
   *
   * @returns what they did; without those that were healed already, as their time was up or their wire was killed
   */
  async remove(ids: readonly string[]): Promise<readonly FaultStatus[]> {
    const reply = await this.#ifThere(() => this.#send({ command: 'remove', ids }));
    if (reply === undefined) return [];
    const { removed, left } = done(reply);
    if (left === 0) await endWireProbe(this.id);
    return removed;
  }

  /** Lets faults outlast this process; those that are over stay over. */
  async keep(ids: readonly string[]): Promise<void> {
    const reply = await this.#ifThere(() => this.#send({ command: 'keep', ids }));
    if (reply !== undefined) done(reply);
  }

  /** The faults in effect; none if the wire has ended. */
  async faults(): Promise<readonly FaultStatus[]> {
    return (await this.statusIfThere())?.faults ?? [];
  }

  /** @returns undefined if the wire has ended */
  statusIfThere(): Promise<WireStatus | undefined> {
    return this.#ifThere(() => this.status());
  }

  /** @throws {LabError} if the wire has ended. */
  async status(): Promise<WireStatus> {
    return (await this.#command({ command: 'status' })).status;
  }

  /** The next packet that waits for a decision; undefined if none comes within `timeoutMs`. */
  async nextHeld(after: number, timeoutMs: number): Promise<HeldPacketStatus | undefined> {
    const { held } = await this.#command({ command: 'next-held', after, timeoutMs });
    return held ?? undefined;
  }

  async decide(id: number, decision: Decision): Promise<void> {
    await this.#command({ command: 'decide', id, ...decision });
  }

  /** What its faults did, and what becomes of each packet, from the start of the wire until it ends or is killed. */
  async *events(signal: AbortSignal): AsyncGenerator<WireEvent> {
    const probe = { id: this.id, name: this.host.name };
    for await (const { line } of readLog(probe, { follow: true, signal })) {
      // It also logs errors, as plain text.
      const event = line.startsWith('{') ? JSON.parse(line) : undefined;
      if (event?.kind === 'killed') return;
      if (reported.has(event?.kind)) yield event;
    }
  }

  /** Whether it has ended. */
  isGone(): Promise<boolean> {
    return isGone(this.id);
  }

  /** @returns undefined if it is too late: the wire has healed its last fault */
  async #prepare(settings: FaultSettings): Promise<Prepared<BegunFault> | undefined> {
    const command = { command: 'add', fault: settings, isPrepared: true } as const;
    const { connection, reply } = await this.#sendOn(command);
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

  /** @returns undefined if the wire has ended */
  async #ifThere<T>(task: () => Promise<T>): Promise<T | undefined> {
    try {
      return await task();
    } catch (error) {
      if (await this.isGone()) return undefined;
      throw error;
    }
  }

  async #send<Name extends CommandName>(command: CommandOf<Name>): Promise<WireReply<Name>> {
    return (await this.#sendOn(command)).reply;
  }

  /** @returns the reply, and the connection to which what the command began belongs */
  async #sendOn<Name extends CommandName>(command: CommandOf<Name>): Promise<Sent<Name>> {
    const send = async () => {
      const connection = await wireConnection(this.id, this.#what);
      return { connection, reply: await connection.send(command, this.#what) };
    };
    try {
      return await send();
    } catch (error) {
      // Where the probe goes on, its program was killed, and what it had begun is over: its successor answers.
      if ((error as LabError).code !== 'PROBE_FAILED' || (await this.isGone())) throw error;
      return send();
    }
  }

  get #what(): string {
    return `reach the wire of host "${this.host.name}"`;
  }
}

interface Sent<Name extends CommandName> {
  readonly connection: WireConnection;
  readonly reply: WireReply<Name>;
}

/** A fault that this process has begun. */
export interface BegunFault {
  readonly wire: HostWire;
  /** Its status at the moment when it began. */
  readonly fault: FaultStatus;
  /** Waits until it is over, and reports what it did; undefined if its wire was killed. */
  readonly outcome: () => Promise<FaultStatus | undefined>;
}

/** @throws {RangeError | TypeError | LabError} if the command was refused. */
function done<Name extends CommandName>(reply: WireReply<Name>): Done<Name> {
  if (reply.ok) return reply;
  throw errorOf(reply.error.code, reply.error.message);
}

function errorOf(code: WireErrorCode, message: string): Error {
  if (code === 'OUT_OF_RANGE') return new RangeError(message);
  return code === 'WRONG_TYPE' ? new TypeError(message) : new LabError('PROBE_FAILED', message);
}
