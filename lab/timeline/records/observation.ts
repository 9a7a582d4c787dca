import type { FateEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import type { Piece } from '../packets/pieces.ts';
import type { PacketRecord } from './packet-record.ts';

/** A packet as one capture saw it. */
export interface Observation {
  readonly ns: number;
  readonly atNs: string;
  readonly host: string;
  packet: Packet;
  /** The same for all observations of the packet. */
  readonly key: string;
  /** Tells apart what has the same key. */
  readonly fingerprint: string;
  /** Orders what was seen in one nanosecond. */
  readonly tie: string;
  piece?: Piece;
  /** The step that it belongs to. */
  record?: PacketRecord | undefined;
}

/** A fate, and when it was decided. */
export interface Fated {
  readonly ns: number;
  readonly event: FateEvent;
}

/** A packet as a wire had it. */
export interface Handled {
  /** When it had arrived there. */
  readonly ns: number;
  /** Tells apart what has the same key, as far as the wire does. */
  readonly fingerprint: string;
  /** In the order of time. */
  fates: readonly Fated[];
  /** The step that it belongs to. */
  record?: PacketRecord | undefined;
}

export function fatesOf(handled: readonly Handled[]): FateEvent[] {
  return handled.flatMap(({ fates }) => fates.map(({ event }) => event));
}

/** One packet, as far as it was seen. */
export interface Pair {
  departure?: Observation;
  arrival?: Observation;
  handled: readonly Handled[];
}
