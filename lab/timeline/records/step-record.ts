/** Steps as they grow: a timeline makes values of them when they are asked for. */
import type { CallRecord } from './call-record.ts';
import type { FaultRecord, HostRecord, LogRecord } from './event-records.ts';
import type { PacketRecord } from './packet-record.ts';

export type StepRecord = CallRecord | PacketRecord | LogRecord | FaultRecord | HostRecord;

/** Where a record stands among the others. */
export interface Place {
  readonly placeNs: number;
  readonly kind: StepRecord['kind'];
  readonly host: string;
  /** Of a call: as its trace counts. */
  readonly call?: { readonly id: number };
  readonly id: number;
}

const ranks: Readonly<Record<Place['kind'], number>> = {
  host: 0,
  fault: 1,
  call: 2,
  packet: 3,
  log: 4,
};

/** By place; in one nanosecond causes before effects, and then the same whatever came first. */
export function comparePlaces(a: Place, b: Place): number {
  return (
    a.placeNs - b.placeNs ||
    ranks[a.kind] - ranks[b.kind] ||
    (a.host === b.host ? 0 : a.host < b.host ? -1 : 1) ||
    (a.call && b.call ? a.call.id - b.call.id : 0) ||
    a.id - b.id
  );
}
