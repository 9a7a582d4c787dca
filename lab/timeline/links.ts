import type { Draft } from './draft.ts';
import type { Ledger } from './ledger.ts';
import type { Link } from './step.ts';

type Cause = 'caused' | 'completed' | 'repeated by' | 'reports';

const backwards: Readonly<Record<Cause, Link['kind']>> = {
  caused: 'caused by',
  completed: 'completed by',
  'repeated by': 'repeats',
  reports: 'reported by',
};

/** One call may give its kernel thousands of segments: nobody reads them all. */
const LINKS_MAX = 500;

/**
 * Links two steps, both ways; once only. A step that has that many takes no more, which are then only counted. Costs the
 * same however many links the one of them has that has more.
 */
export function link(ledger: Ledger, from: Draft, kind: Cause, to: Draft): void {
  if (from.isForgotten || to.isForgotten || from === to) return;
  if (isLinked(from, kind, to)) return;
  if (isFull(from) || isFull(to)) {
    leaveOut(ledger, from, to);
    leaveOut(ledger, to, from);
    return;
  }
  from.links.push({ to, kind });
  to.links.push({ to: from, kind: backwards[kind] });
  ledger.touchAlone(from);
  ledger.touchAlone(to);
}

function isFull({ links }: Draft): boolean {
  return links.length >= LINKS_MAX;
}

function leaveOut(ledger: Ledger, draft: Draft, other: Draft): void {
  if (!isFull(draft) || (other.kind === 'packet' && other.isRetransmission)) return;
  draft.linksLeftOut = (draft.linksLeftOut ?? 0) + 1;
  ledger.touchAlone(draft);
}

/** Looked for where there are fewer. */
function isLinked(from: Draft, kind: Cause, to: Draft): boolean {
  return from.links.length <= to.links.length
    ? from.links.some((known) => known.to === to && known.kind === kind)
    : to.links.some((known) => known.to === from && known.kind === backwards[kind]);
}

/** Takes a link back that was a guess. */
export function unlink(ledger: Ledger, from: Draft, kind: Cause, to: Draft): void {
  cut(from, kind, to);
  cut(to, backwards[kind], from);
  ledger.touch(from);
  ledger.touch(to);
}

function cut({ links }: Draft, kind: Link['kind'], to: Draft): void {
  const at = links.findIndex((known) => known.to === to && known.kind === kind);
  if (at >= 0) links.splice(at, 1);
}

/** The first step that it is linked with in such a way. */
export function linked<Kind extends Draft['kind']>(
  draft: Draft,
  kind: Link['kind'],
  of: Kind,
): Extract<Draft, { kind: Kind }> | undefined {
  const found = draft.links.find(
    (candidate) => candidate.kind === kind && candidate.to.kind === of,
  );
  return found?.to as Extract<Draft, { kind: Kind }> | undefined;
}
