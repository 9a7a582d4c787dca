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
  readonly piece?: Piece;
  /** The step that it belongs to. */
  record?: PacketRecord | undefined;
}

/** One packet, as far as it was seen. */
export interface Pair {
  departure?: Observation;
  arrival?: Observation;
  readonly fates: FateEvent[];
}
