import { sentenceOf } from '../../explain/sentence.ts';
import { titleOf } from '../../explain/title.ts';
import { packetsOnLine } from '../records/line.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import type { StepRecord } from '../records/step-record.ts';
import type { Step } from '../step.ts';

/** The value of a step: the same one until something has changed. */
export function stepOf(record: StepRecord): Step {
  record.value ??= { ...baseOf(record), ...ownOf(record) } as Step;
  return record.value;
}

function baseOf(record: StepRecord) {
  const { id, atNs, endNs, host, conversation, links } = record;
  return {
    ...{ id, atNs, host, title: titleOf(record), sentence: sentenceOf(record) },
    ...(endNs !== undefined && { endNs }),
    ...(conversation && { conversation: conversation.id }),
    links: links.map(({ to, kind }) => ({ to: to.id, kind })),
  };
}

function ownOf(record: StepRecord) {
  switch (record.kind) {
    case 'call':
      return { kind: record.kind, call: record.call };
    case 'log':
      return { kind: record.kind, log: record.log };
    case 'fault':
      return { kind: record.kind, fault: record.fault };
    case 'host':
      return { kind: record.kind, state: record.state };
    case 'packet':
      return ownOfPacket(record);
  }
}

function ownOfPacket(record: PacketRecord) {
  const { kind, from, to, packet, delivery, fates, isRetransmission } = record;
  const piece = record.piece;
  const onLine = packetsOnLine(record);
  return {
    ...{ kind, from, to, packet, delivery, isRetransmission },
    fates: fates.map(({ fate }) => fate),
    ...(record.isUnexplained && { isUnexplained: true as const }),
    ...(record.isDropped && { isDropped: true as const }),
    ...(piece && { piece: { whole: piece.whole, number: piece.at + 1, count: piece.count } }),
    ...(onLine > 1 && { packetsOnLine: onLine }),
    ...(record.explainsOffload && { explainsOffload: true as const }),
  };
}
