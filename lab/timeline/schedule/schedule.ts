/** Phase 2: what was paired waits here until all is known that happened before it. */
import type { OmissionEvent } from '../../model/event.ts';
import { Heap } from '../../util/heap.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';

/** Something to follow. */
export type Occurrence =
  | { readonly what: 'call-began' | 'call-returned' | 'result-known'; readonly record: CallRecord }
  | {
      readonly what: 'packet-left' | 'packet-arrived' | 'cause-known' | 'arrival-overdue';
      readonly record: PacketRecord;
    }
  | { readonly what: 'host-gone' | 'capture-began' | 'capture-ended'; readonly host: string }
  | {
      readonly what: 'fates-omitted';
      readonly event: OmissionEvent;
      /** Since when. */
      readonly fromNs: number;
    };

/** In one nanosecond causes come before effects, and what is decided of them last. */
const ranks: Readonly<Record<Occurrence['what'], number>> = {
  'call-began': 0,
  'packet-left': 1,
  'packet-arrived': 2,
  'call-returned': 3,
  'result-known': 4,
  'cause-known': 4,
  'arrival-overdue': 5,
  'host-gone': 5,
  'capture-began': 5,
  'capture-ended': 5,
  'fates-omitted': 5,
};

interface Entry {
  readonly ns: number;
  readonly rank: number;
  /** Orders the rest, in a way that does not depend on what came first. */
  readonly tie: string;
  readonly occurrence: Occurrence;
}

/** Occurrences by time, whatever the order in which they come. */
export class Schedule {
  readonly #heap = new Heap(compareEntries);

  add(ns: number, occurrence: Occurrence): void {
    const rank = ranks[occurrence.what];
    this.#heap.add({ ns, rank, tie: tieOf(occurrence), occurrence });
  }

  /** The earliest one, if it is not after `ns`, and when it is. */
  take(ns: number): { readonly ns: number; readonly occurrence: Occurrence } | undefined {
    const { first } = this.#heap;
    return first === undefined || first.ns > ns ? undefined : this.#heap.take();
  }
}

function compareEntries(a: Entry, b: Entry): number {
  return a.ns - b.ns || a.rank - b.rank || (a.tie === b.tie ? 0 : a.tie < b.tie ? -1 : 1);
}

function tieOf(occurrence: Occurrence): string {
  if ('record' in occurrence) return occurrence.record.tie;
  return 'host' in occurrence ? occurrence.host : occurrence.event.host;
}
