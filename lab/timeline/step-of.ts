import type { Draft } from './draft.ts';
import { isDropped } from './is-dropped.ts';
import { sentenceOf } from './sentences/sentence.ts';
import { titleOf } from './sentences/title.ts';
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
    case 'packet': {
      const { kind, from, to, packet, passage, fates, isRetransmission } = draft;
      const dropped = isDropped(draft) && { isDropped: true as const };
      const names = fates.map(({ fate }) => fate);
      return { kind, from, to, packet, passage, isRetransmission, fates: names, ...dropped };
    }
  }
}
