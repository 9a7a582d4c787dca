/**
 * Phase 3: what has occurred is followed in the order of cause and effect, once all is known that happened before it.
 *
 *     call-began, call-returned, result-known ─▶ calls/ ─┐
 *     packet-left, packet-arrived ─▶ tcp/, udp/, icmp/ ──┼─▶ conversations, links, findings
 *     cause-known, arrival-overdue ─▶ what is missing ───┘
 *
 * Links are made, findings noted and conversations changed here, and nowhere else. How packets were paired is only read, but for
 * captures that saw several packets as one: such a packet is split, and its pieces are followed in its place; or an arrival that
 * is a piece of a packet which left as one is merged into that.
 */

import type { Context } from '../known/context.ts';
import type { Pairing } from '../pairing/pairing.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import type { Occurrence, Schedule } from '../schedule/schedule.ts';
import { ARRIVAL_OVERDUE_NS, TRACE_JITTER_NS } from '../time/tolerances.ts';
import { followCall, followReturn } from './calls/follow-calls.ts';
import { followResult } from './calls/follow-results.ts';
import { followPacketArrival, followPacketLeaving } from './follow-packets.ts';
import { followMissing, followRecordingEnd } from './missing.ts';
import { followOmission } from './omission.ts';
import { pieceSize } from './piece-size.ts';
import { splitRead } from './udp/split-read.ts';
import { followCutOff, followUnexplained } from './unexplained.ts';

export class Followers {
  readonly #context: Context;
  readonly #schedule: Schedule;
  readonly #pairing: Pairing;
  #lastNs = Number.POSITIVE_INFINITY;

  constructor(context: Context, schedule: Schedule, pairing: Pairing) {
    this.#context = context;
    this.#schedule = schedule;
    this.#pairing = pairing;
  }

  /** Nothing is known of what came after `lastNs`. */
  end(lastNs: number): void {
    this.#lastNs = lastNs;
  }

  follow(occurrence: Occurrence, ns: number): void {
    const context = this.#context;
    switch (occurrence.what) {
      case 'call-began':
        this.#began(occurrence.record, ns);
        break;
      case 'call-returned':
        followReturn(context, occurrence.record);
        break;
      case 'result-known':
        this.#result(occurrence.record, ns);
        break;
      case 'packet-left':
        this.#leaving(occurrence.record);
        break;
      case 'packet-arrived':
        followPacketArrival(occurrence.record);
        break;
      case 'cause-known':
        followUnexplained(context, occurrence.record);
        break;
      case 'arrival-overdue':
        this.#overdue(occurrence.record, ns);
        break;
      case 'host-gone':
        this.#hostGone(occurrence.host, ns);
        break;
      case 'capture-began':
        // A host that restarts at once may not be reported to have ended: this capture is of its next run.
        followCutOff(context, occurrence.host);
        break;
      case 'capture-ended':
        context.traced.end(occurrence.host, ns);
        break;
      case 'fates-omitted':
        followOmission(context, occurrence.event, { fromNs: occurrence.fromNs, toNs: ns });
        break;
    }
  }

  #began(record: CallRecord, ns: number): void {
    this.#context.traced.learn(record, ns);
    followCall(this.#context, record);
  }

  #overdue(record: PacketRecord, ns: number): void {
    if (ns <= this.#lastNs) followMissing(this.#context, record);
    else followRecordingEnd(this.#context, record);
  }

  #hostGone(host: string, ns: number): void {
    this.#pairing.calls.abandonOf(host, ns);
    this.#context.traced.end(host, ns);
    followCutOff(this.#context, host);
  }

  #leaving(record: PacketRecord): void {
    // It was on the schedule more than once where its pairing changed its time.
    if (record.phase !== 'paired' || record.isForgotten) return;
    const { packets } = this.#pairing;
    const size = pieceSize(this.#context, packets, record);
    if (size !== undefined && packets.split(record, size)) return;
    followPacketLeaving(this.#context, record);
    const { ns } = record.began;
    this.#schedule.add(ns + TRACE_JITTER_NS, { what: 'cause-known', record });
    if (record.delivery === 'in-flight')
      this.#schedule.add(ns + ARRIVAL_OVERDUE_NS, { what: 'arrival-overdue', record });
  }

  #result(record: CallRecord, ns: number): void {
    // After the pieces, which are followed first.
    if (splitRead(this.#context, this.#pairing.packets, record)) {
      this.#schedule.add(ns, { what: 'result-known', record });
      return;
    }
    followResult(this.#context, record);
    this.#pairing.calls.finish(record);
  }
}
