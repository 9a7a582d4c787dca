/** Phase 1 for calls: one that waits is reported when it begins, and again when it has returned; any other once. */

import { waitsForOthers } from '../../model/call-facts.ts';
import type { CallEvent } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import type { PairingContext } from '../known/context.ts';
import { CallRecord } from '../records/call-record.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { TRACE_JITTER_NS } from '../time/tolerances.ts';

const CALLS_MAX = 20_000;

export class CallPairing {
  readonly #context: PairingContext;
  readonly #schedule: Schedule;
  /** That may still be reported again, as they wait or have just returned. */
  readonly #open = new LruMap<string, CallRecord>(CALLS_MAX);

  constructor(context: PairingContext, schedule: Schedule) {
    this.#context = context;
    this.#schedule = schedule;
  }

  call(event: CallEvent, ns: number): void {
    const known = this.#open.get(keyOf(event));
    const record = known ?? this.#begin(event, ns);
    const isNews = event.stage === 'returned' && record.call.stage !== 'returned';
    if (event.stage === 'returned' && (isNews || known === undefined)) this.#return(record, event);
  }

  /** It has been followed to its end. */
  finish({ call }: CallRecord): void {
    this.#open.delete(keyOf(call));
  }

  /** The host has gone: what waited at it will not return. */
  abandonOf(host: string, untilNs: number): void {
    const isIts = (record: CallRecord) => record.host === host && record.beganNs <= untilNs;
    for (const record of this.#open.values()) if (isIts(record)) record.abandon();
    this.#open.deleteAll(isIts);
  }

  #begin(event: CallEvent, ns: number): CallRecord {
    const { store, hosts } = this.#context;
    const record = new CallRecord(store, event, { ns, network: hosts.networkOf(event.host) });
    store.insert(record);
    this.#open.set(keyOf(event), record);
    this.#schedule.add(ns, { what: 'call-began', record });
    return record;
  }

  #return(record: CallRecord, event: CallEvent): void {
    record.returned(event);
    const { returnedNs } = record;
    if (waitsForOthers(event)) record.moveTo(returnedNs);
    this.#schedule.add(returnedNs, { what: 'call-returned', record });
    this.#schedule.add(returnedNs + TRACE_JITTER_NS, { what: 'result-known', record });
  }
}

/** The same for both times that a call is reported. */
function keyOf({ host, id, atNs }: CallEvent): string {
  return `${host} ${id} ${atNs}`;
}
