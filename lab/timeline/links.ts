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

/** Links two steps, both ways; once only. */
export function link(ledger: Ledger, from: Draft, kind: Cause, to: Draft): void {
  if (from.isForgotten || to.isForgotten || from === to) return;
  if (from.links.some((known) => known.to === to && known.kind === kind)) return;
  from.links.push({ to, kind });
  to.links.push({ to: from, kind: backwards[kind] });
  ledger.touch(from);
  ledger.touch(to);
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
