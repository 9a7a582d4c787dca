/** What became of a packet on its way. */

import type { FateEvent } from '../../model/event.ts';
import { isGroup } from '../../timeline/packets/addresses.ts';
import { linkedStep, type PacketStep } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';
import { between } from '../../util/nanoseconds.ts';

/** Where a packet is, in a word or two. */
export function deliveryName({ delivery }: PacketStep): string {
  return delivery === 'in-flight' ? 'in flight' : delivery;
}

/** The same with what an impaired wire did with it before: `arrived, delayed`. */
export function deliveryText(step: PacketStep): string {
  const names = step.fates.map(({ fate }) => fate).filter((fate) => fate !== step.delivery);
  return [deliveryName(step), ...names].join(', ');
}

/** Nothing where it just arrived. */
export function deliverySentence(step: PacketStep): string {
  switch (step.delivery) {
    case 'lost':
      return lostSentence(step);
    case 'unknown':
      if (step.isFateOmitted)
        return 'So many packets met a fault that the wire did not report what became of each: this one may have been lost.';
      return `Not seen at ${step.to}, where nothing was captured at that time: it may have arrived.`;
    case 'in-flight':
      return inFlightSentence(step);
    case 'arrived':
      return arrivedSentence(step);
  }
}

function lostSentence(step: PacketStep): string {
  const { from, to } = step;
  const fault = faultOf(step, 'lost');
  const how = fault
    ? `the wire's fault ${fault} dropped it`
    : `it left ${from} and was not seen at ${to}`;
  return `Lost: ${how}. ${afterwards(step)}`;
}

/** What follows from its loss. */
function afterwards(step: PacketStep): string {
  const { from, to, packet } = step;
  const again = linkedStep(step, 'repeated-by', 'packet');
  if (again) {
    const after = duration(between(step.atNs, again.atNs));
    return `${from}'s kernel receives no ACK and sends it again ${after} later.`;
  }
  if (packet.tcp === undefined) return `${from} is not notified.`;
  const { syn, fin, rst } = packet.tcp.flags;
  if (rst) return `RST is not retransmitted: ${to} finds out when it sends next.`;
  const isPlainAck = packet.payloadLength === 0 && !syn && !fin;
  return isPlainAck ? 'A later ACK makes up for it.' : `${from} does not know yet.`;
}

function inFlightSentence(step: PacketStep): string {
  const held = faultOf(step, 'held');
  if (held) return `The wire's fault ${held} holds it until it is released.`;
  const delayed = faultOf(step, 'delayed');
  if (delayed) return `The wire's fault ${delayed} is delaying it.`;
  return step.isCutOff ? 'Nothing was recorded after that: it may have arrived.' : '';
}

function arrivedSentence(step: PacketStep): string {
  const sentences: string[] = [];
  const late = faultOf(step, 'held') ?? faultOf(step, 'delayed');
  if (late && step.endNs) {
    sentences.push(
      `The wire's fault ${late} delayed it by ${duration(between(step.atNs, step.endNs))}.`,
    );
  }
  const copied = faultOf(step, 'duplicated');
  if (copied) sentences.push(`The wire's fault ${copied} duplicated it.`);
  if (faultOf(step, 'corrupted')) sentences.push(damageSentence(step));
  if (step.isArrivalInferred)
    sentences.push(`Not seen at ${step.to}, but acknowledged: it has arrived.`);
  if (!step.wasSeenLeaving && !isGroup(step.packet) && sentences.length === 0)
    sentences.push('Seen only where it arrived.');
  return sentences.join(' ');
}

function damageSentence(step: PacketStep): string {
  const { fates, to } = step;
  const fate = fates.find(({ fate }) => fate === 'corrupted');
  const changed = `The wire's fault ${fate?.fault} corrupted it on the way`;
  if (step.isDropped)
    return `${changed}: its checksum shows that, so ${to}'s kernel silently drops it. ${afterwards(step)}`;
  if (fate?.isChecksumFixed)
    return `${changed}, and corrected its checksum: ${to}'s kernel does not notice.`;
  return `${changed}: where the checksum shows that, ${to}'s kernel silently drops it.`;
}

function faultOf({ fates }: PacketStep, name: FateEvent['fate']): string | undefined {
  return fates.find(({ fate }) => fate === name)?.fault;
}
