import { sentenceOf } from '../explain/sentence.ts';
import { titleOf } from '../explain/title.ts';
import type { Draft, PacketDraft } from './draft.ts';
import { isUnexplained } from './follow-unexplained.ts';
import { isDropped } from './is-dropped.ts';
import { packetsOnLine } from './line.ts';
import { pieceOf } from './pieces.ts';
import type { Step } from './step.ts';

/** The value of a step: the same one until something has changed. */
export function stepOf(draft: Draft): Step {
  draft.value ??= { ...baseOf(draft), ...ownOf(draft) } as Step;
  return draft.value;
}

function baseOf(draft: Draft) {
  const { id, atNs, endNs, host, conversation, links } = draft;
  return {
    ...{ id, atNs, host, title: titleOf(draft), sentence: sentenceOf(draft) },
    ...(endNs !== undefined && { endNs }),
    ...(conversation && { conversation: conversation.id }),
    links: links.map(({ to, kind }) => ({ to: to.id, kind })),
  };
}

function ownOf(draft: Draft) {
  switch (draft.kind) {
    case 'call':
      return { kind: draft.kind, call: draft.call };
    case 'log':
      return { kind: draft.kind, log: draft.log };
    case 'fault':
      return { kind: draft.kind, fault: draft.fault };
    case 'host':
      return { kind: draft.kind, state: draft.state };
    case 'packet':
      return ownOfPacket(draft);
  }
}

function ownOfPacket(draft: PacketDraft) {
  const { kind, from, to, packet, passage, fates, isRetransmission } = draft;
  const piece = pieceOf(draft);
  const onLine = packetsOnLine(draft);
  return {
    ...{ kind, from, to, packet, passage, isRetransmission },
    fates: fates.map(({ fate }) => fate),
    ...(isUnexplained(draft) && { isUnexplained: true as const }),
    ...(isDropped(draft) && { isDropped: true as const }),
    ...(piece && { piece: { whole: piece.whole, number: piece.at + 1, count: piece.count } }),
    ...(onLine > 1 && { packetsOnLine: onLine }),
    ...(draft.explainsOffload && { explainsOffload: true as const }),
  };
}
