import { decodePacket } from '../capture/dissect/decode.ts';
import type { Roster } from '../hosts/roster.ts';
import type { PacketIdentity } from '../model/event.ts';
import type { Limits } from '../model/faults.ts';
import type { Packet } from '../model/packet.ts';
import type { Decision, HeldPacketStatus } from '../model/wire-commands.ts';
import { merge } from '../util/merge.ts';
import type { Fault } from './fault.ts';
import type { FaultDirection } from './fault-direction.ts';
import type { HostWire } from './host-wire.ts';
import { impair } from './impair.ts';

/** How long one request for the next held packet waits; then it is sent again. */
const POLL_MS = 2000;

/** Between which hosts packets are held, and which packets. */
export interface HoldOptions extends Omit<Limits, 'from'> {
  /** The name of one host. */
  readonly from: string;
  /** The name of the other host. */
  readonly to: string;
  /** Only packets on this network. Default: all networks that both hosts are on. */
  readonly network?: string;
  /** Default: yes. */
  readonly bothWays?: boolean;
}

/**
 * A packet that waits on the wire for a decision.
 *
 * Each decision throws a `RangeError` if the packet no longer waits, for example because it was decided before.
 */
export class HeldPacket {
  /** The name of the host that sent it. */
  readonly from: string;
  /** The name of the receiving host. */
  readonly to: string;
  /** The packet, decoded. */
  readonly packet: Packet;
  /** By what it is told from other packets. */
  readonly identity: PacketIdentity;
  /** How long it had waited when it was taken, in milliseconds. */
  readonly heldForMs: number;
  readonly #wire: HostWire;
  readonly #id: number;

  constructor({ wire, from }: FaultDirection, held: HeldPacketStatus) {
    this.from = from;
    this.to = wire.host.name;
    this.identity = held.packet;
    this.heldForMs = held.heldForMs;
    this.packet = decodePacket(Buffer.from(held.bytes, 'base64'), 'raw-ip');
    this.#wire = wire;
    this.#id = held.id;
  }

  /** Delivers it as it is. */
  deliver(): Promise<void> {
    return this.decide({ action: 'deliver' });
  }

  /** Loses it. The sender does not notice: for it, the packet was sent. */
  drop(): Promise<void> {
    return this.decide({ action: 'drop' });
  }

  /** Delivers it twice. */
  duplicate(): Promise<void> {
    return this.decide({ action: 'duplicate' });
  }

  /** Delivers it after `delayMs` milliseconds. */
  delay(delayMs: number): Promise<void> {
    return this.decide({ action: 'delay', delayMs });
  }

  /** Carries out one of these decisions, as data. */
  decide(decision: Decision): Promise<void> {
    return this.#wire.decide(this.#id, decision);
  }
}

/**
 * Holds the packets between two hosts, to be stepped through by hand.
 *
 * @example
 * await using hold = await lab.hold({ from: 'client', to: 'server' });
 * const syn = await hold.next();
 * await syn?.drop(); // the client sends it again after a second
 */
export class Hold implements AsyncDisposable, AsyncIterable<HeldPacket> {
  readonly #fault: Fault;
  readonly #ending = new AbortController();
  readonly #packets: ReturnType<typeof merge<HeldPacket>>;
  readonly #iterator: AsyncIterator<HeldPacket>;

  constructor(fault: Fault) {
    this.#fault = fault;
    this.#packets = merge(fault.directions.map((way) => heldPackets(way, this.#ending.signal)));
    this.#iterator = this.#packets[Symbol.asyncIterator]();
  }

  /** The next packet that was sent in either direction; undefined when the hold has ended. */
  async next(): Promise<HeldPacket | undefined> {
    try {
      const { value, done } = await this.#iterator.next();
      return done ? undefined : value;
    } catch (error) {
      if (this.#ending.signal.aborted) return undefined;
      throw error;
    }
  }

  /** How many packets wait for a decision now. */
  async waiting(): Promise<number> {
    const reports = await this.#fault.report();
    return reports.reduce((sum, { status }) => sum + status.waiting, 0);
  }

  /** The packets that are held, one after the other; each waits for its decision. */
  async *[Symbol.asyncIterator](): AsyncGenerator<HeldPacket> {
    for (let held = await this.next(); held !== undefined; held = await this.next()) yield held;
  }

  /** Ends the hold: packets that still wait are delivered. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    this.#packets.destroy();
    await this.#fault.heal();
  }
}

/** See `Lab.hold`. */
export async function holdPackets(roster: Roster, options: HoldOptions): Promise<Hold> {
  return new Hold(await impair(roster, { bothWays: true, ...options, kind: 'hold' }));
}

async function* heldPackets(way: FaultDirection, ending: AbortSignal): AsyncGenerator<HeldPacket> {
  let after = 0;
  while (!ending.aborted) {
    const held = await way.wire.nextHeld(after, POLL_MS).catch(async (error: unknown) => {
      if (ending.aborted || (await way.isOver())) return undefined; // the wire went with the hold
      throw error;
    });
    if (held === undefined) {
      // Another process may have healed it.
      if (ending.aborted || (await way.isOver())) return;
      continue;
    }
    after = held.id;
    if (held.fault === way.id) yield new HeldPacket(way, held);
  }
}
