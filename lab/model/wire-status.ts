import type { FaultSettings } from './faults.ts';

/** A fault in a wire, and what it has done so far. */
export interface FaultStatus {
  /** Unique in the lab. */
  readonly id: string;
  /** Repeats the same fates with the same traffic. */
  readonly seed: string;
  /** What was asked for. */
  readonly settings: FaultSettings;
  /** When it began, as in an event: nanoseconds since 1970 on the kernel's real-time clock. */
  readonly startedAtNs: string;
  /** How long it has been in effect, or was, in milliseconds. */
  readonly forMs: number;
  /** Packets that wait for a decision, or to be overtaken. */
  readonly waiting: number;
  /** What it has done, in packets and bytes. */
  readonly counters: Counters;
  /** What it has done, in the units of its settings. */
  readonly achieved: Achieved;
}

/** What a fault has done so far, counted in packets on the line: a datagram in five fragments is five. */
export interface Counters {
  /** Packets that reached the fault. */
  readonly seen: number;
  /** Those of them that match its limits; all the following are among these. */
  readonly matched: number;
  /** Packets that were lost. */
  readonly lost: number;
  /** Packets that were delayed. */
  readonly delayed: number;
  /** Packets that later ones overtook; they are among the delayed. */
  readonly reordered: number;
  /** Packets that were copied, and the copies that this made. */
  readonly duplicated: number;
  /** Copies that were delivered besides the originals. */
  readonly copies: number;
  /** Packets in which bits were flipped. */
  readonly corrupted: number;
  /** Packets that were held for a decision. */
  readonly held: number;
  /** Packets that went on, sooner or later; without the copies. */
  readonly delivered: number;
  /** The bytes of the packets that matched. */
  readonly matchedBytes: number;
  /** The bytes of those that were delivered. */
  readonly deliveredBytes: number;
}

/** What the counters amount to, as measured; undefined where there is nothing to measure it by. */
export interface Achieved {
  /** The share of packets that were lost. */
  readonly lossPercent?: number;
  /** Of the packets that were delayed and have gone on: how long they really were. */
  readonly meanDelayMs?: number;
  /** The shortest delay. */
  readonly minDelayMs?: number;
  /** The longest delay. */
  readonly maxDelayMs?: number;
  /** Over the time from the first packet that went on to the last one. */
  readonly rateKbit?: number;
}

/** What the whole wire did. */
export interface WireStatus {
  /** It was killed: packets pass, what it kept back is lost, and what its faults did is not known. */
  readonly isKilled?: true;
  /** Those in effect, in the order in which packets meet them. */
  readonly faults: readonly FaultStatus[];
  /** Those that are about to begin: they have no effect yet. */
  readonly prepared: readonly FaultStatus[];
  /** The last that were healed, latest last; at most 100. */
  readonly healed: readonly FaultStatus[];
  /** Packets that are delayed or wait now. */
  readonly inFlight: number;
  /** Packets that were lost because too much was in flight, in packets or in bytes. */
  readonly overflowed: number;
  /** Packets that passed unimpaired because the wire did not keep up. */
  readonly missed: number;
  /** Copies that could not be sent. */
  readonly copiesFailed: number;
}
