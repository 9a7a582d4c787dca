import type { PacketIdentity } from '../../model/event.ts';
import type { FaultSettings } from '../../model/faults.ts';
import type { Fault } from './fault.ts';
import { NS_PER_MS } from './impairment.ts';
import type { Wait } from './in-flight.ts';
import { identityOf } from './packet.ts';
import type { Achieved, Counters } from './tally.ts';

export interface FaultStatus {
  readonly id: string;
  readonly seed: string;
  readonly settings: FaultSettings;
  /** When it began, as in an event: nanoseconds since 1970 on the kernel's real-time clock. */
  readonly startedAtNs: string;
  /** How long it has been in effect, or was. */
  readonly forMs: number;
  /** Packets that wait for a decision, or to be overtaken. */
  readonly waiting: number;
  readonly counters: Counters;
  readonly achieved: Achieved;
}

export function faultStatus(fault: Fault, nowNs: number): FaultStatus {
  const { id, seed, settings, startedAtNs, waiting, tally } = fault;
  const forMs = (nowNs - fault.startedNs) / NS_PER_MS;
  const { counters, achieved } = tally;
  return { id, seed, settings, startedAtNs, forMs, waiting, counters, achieved };
}

/** What the whole wire did. */
export interface WireStatus {
  /** In the order in which packets meet them. */
  readonly faults: readonly FaultStatus[];
  /** The last that were healed, latest last; at most 100. */
  readonly healed: readonly FaultStatus[];
  /** Packets that are delayed or wait now. */
  readonly inFlight: number;
  /** Packets that were lost because too many were on their way. */
  readonly overflowed: number;
  /** Packets that passed unimpaired because the wire did not keep up. */
  readonly missed: number;
  /** Copies that could not be sent. */
  readonly copiesFailed: number;
}

/** A packet that waits for a decision. */
export interface HeldPacket {
  /** Counts up; what {@link Decision} refers to. */
  readonly id: number;
  readonly fault: string;
  readonly packet: PacketIdentity;
  /** The whole packet from its IP header on, in base64. */
  readonly bytes: string;
  readonly heldForMs: number;
}

export function heldPacket({ number, fault, transit }: Wait, nowNs: number): HeldPacket {
  const { packet, atNs } = transit;
  return {
    id: number,
    fault: fault.id,
    packet: identityOf(packet),
    bytes: packet.bytes.toString('base64'),
    heldForMs: Math.max(0, nowNs - atNs) / NS_PER_MS,
  };
}

/** What is to become of a held packet. */
export type Decision =
  | { readonly action: 'deliver' | 'drop' | 'duplicate' }
  | { readonly action: 'delay'; readonly delayMs: number };
