/** What a kernel answers of its own accord: each SYN, probe and copy that arrives. */

import { between } from '../../../util/nanoseconds.ts';
import type { PacketRecord } from '../../records/packet-record.ts';
import type { StepRecord } from '../../records/step-record.ts';
import { ANSWER_NS, DELIVERY_JITTER_NS } from '../../time/tolerances.ts';

/** Whether a packet, or a copy of it, has just arrived and has no answer of its own yet. */
export function isToBeAnswered(packet: PacketRecord, answer: PacketRecord): boolean {
  return isUnanswered(packet, answer, 0);
}

/** Whether a packet has just arrived with what was there already, and has no answer to that yet. */
export function isCopyToBeAnswered(packet: PacketRecord, answer: PacketRecord): boolean {
  const earlier = packet.links.filter(({ kind }) => kind === 'repeats').map(({ to }) => to);
  const hasArrived = (one: StepRecord) =>
    one.kind === 'packet' && one.delivery === 'arrived' && !one.isDropped;
  // Otherwise the first arrival was no copy, and its answer not one to a copy.
  return isUnanswered(packet, answer, earlier.some(hasArrived) ? 0 : 1);
}

function isUnanswered(packet: PacketRecord, answer: PacketRecord, others: number): boolean {
  if (packet.delivery === 'lost' || packet.isDropped) return false;
  const times = arrivalsBefore(packet, answer);
  const sinceNs = between(times.at(-1) ?? packet.atNs, answer.atNs);
  return sinceNs < ANSWER_NS && answersTo(packet) + others < times.length;
}

function answersTo({ links }: PacketRecord): number {
  return links.filter(({ kind, to }) => kind === 'caused' && to.kind === 'packet').length;
}

/** When it arrived by then: more than once where a wire made copies of it. */
function arrivalsBefore({ fates, endNs, atNs }: PacketRecord, answer: PacketRecord): string[] {
  const delivered = fates.filter(({ fate }) => fate === 'delivered').map(({ atNs }) => atNs);
  const times = delivered.length > 0 ? delivered : [endNs ?? atNs];
  return times.filter((time) => between(time, answer.atNs) > -DELIVERY_JITTER_NS);
}
