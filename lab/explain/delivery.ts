/** What became of a packet on its way. */

import type { FateEvent } from '../model/event.ts';
import { isGroup } from '../timeline/packets/addresses.ts';
import { linked } from '../timeline/records/links.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';
import { between } from '../timeline/time/clock.ts';
import { duration } from '../util/duration.ts';

/** Nothing where it just arrived. */
export function deliverySentence(draft: PacketRecord): string {
  switch (draft.delivery) {
    case 'lost':
      return lostSentence(draft);
    case 'unknown':
      if (draft.isFateOmitted)
        return 'So many packets met a fault of the wire that it did not tell what became of each: this one may have been lost.';
      return `Not seen at ${draft.to}, where nobody looked at that time: it may have arrived.`;
    case 'in-flight':
      return underWaySentence(draft);
    case 'arrived':
      return arrivedSentence(draft);
  }
}

function lostSentence(draft: PacketRecord): string {
  const { from, to } = draft;
  const fault = faultOf(draft, 'lost');
  const how = fault
    ? `the wire's fault ${fault} dropped it`
    : `it left ${from}, and was not seen at ${to}`;
  return `Lost: ${how}. ${afterwards(draft)}`;
}

/** What comes of it that the receiver's program never gets it. */
function afterwards(draft: PacketRecord): string {
  const { from, to, packet } = draft;
  const again = linked(draft, 'repeated-by', 'packet');
  if (again) {
    const after = duration(between(draft.atNs, again.atNs));
    return `${from}'s kernel gets no ACK, and sends it again ${after} later.`;
  }
  if (packet.tcp === undefined) return `Nobody tells ${from}.`;
  const { syn, fin, rst } = packet.tcp.flags;
  if (rst) return `Nobody sends RST again by itself: ${to} finds out when it sends.`;
  const isPlainAck = packet.payloadLength === 0 && !syn && !fin;
  return isPlainAck ? 'A later ACK makes up for it.' : `${from} does not know yet.`;
}

function underWaySentence(draft: PacketRecord): string {
  const held = faultOf(draft, 'held');
  if (held) return `The wire's fault ${held} holds it until somebody lets it go.`;
  const delayed = faultOf(draft, 'delayed');
  if (delayed) return `The wire's fault ${delayed} keeps it for a while.`;
  return draft.isCutOff ? 'Nothing was recorded after that: it may have arrived.' : '';
}

function arrivedSentence(draft: PacketRecord): string {
  const sentences: string[] = [];
  const late = faultOf(draft, 'held') ?? faultOf(draft, 'delayed');
  if (late && draft.endNs) {
    sentences.push(
      `The wire's fault ${late} kept it for ${duration(between(draft.atNs, draft.endNs))}.`,
    );
  }
  const copied = faultOf(draft, 'duplicated');
  if (copied) sentences.push(`The wire's fault ${copied} let it arrive more than once.`);
  if (faultOf(draft, 'corrupted')) sentences.push(damageSentence(draft));
  const isUnseen = draft.arrival === undefined && draft.departure && !draft.isSightAwaited;
  if (draft.inferredOutcome === 'arrived' && isUnseen)
    sentences.push(`Not seen at ${draft.to}, but acknowledged: it has arrived.`);
  if (draft.departure === undefined && !isGroup(draft.packet) && sentences.length === 0)
    sentences.push('Seen only where it arrived.');
  return sentences.join(' ');
}

function damageSentence(draft: PacketRecord): string {
  const { fates, to } = draft;
  const fate = fates.find(({ fate }) => fate === 'corrupted');
  const changed = `The wire's fault ${fate?.fault} changed it on the way`;
  if (draft.isDropped)
    return `${changed}: its checksum tells, so ${to}'s kernel drops it without a word. ${afterwards(draft)}`;
  if (fate?.isChecksumFixed)
    return `${changed}, and made its checksum right: ${to}'s kernel does not notice.`;
  return `${changed}: where the checksum tells, ${to}'s kernel drops it without a word.`;
}

function faultOf({ fates }: PacketRecord, name: FateEvent['fate']): string | undefined {
  return fates.find(({ fate }) => fate === name)?.fault;
}
