import type { Link } from '../step.ts';
import type { StepStore } from '../store/step-store.ts';
import type { StepRecord } from './step-record.ts';

type Cause = 'caused' | 'completed' | 'repeated-by' | 'reports';

const backwards: Readonly<Record<Cause, Link['kind']>> = {
  caused: 'caused-by',
  completed: 'completed-by',
  'repeated-by': 'repeats',
  reports: 'reported-by',
};

/** One call may give its kernel thousands of segments: nobody reads them all. */
const LINKS_MAX = 500;

/**
 * Links two steps, both ways; once only. A step that has that many takes no more, which are then only counted. Costs the
 * same however many links the one of them has that has more.
 */
export function link(store: StepStore, from: StepRecord, kind: Cause, to: StepRecord): void {
  if (from.isForgotten || to.isForgotten || from === to) return;
  if (isLinked(from, kind, to)) return;
  if (isFull(from) || isFull(to)) {
    leaveOut(store, from, to);
    leaveOut(store, to, from);
    return;
  }
  from.links.push({ to, kind });
  to.links.push({ to: from, kind: backwards[kind] });
  store.touchAlone(from);
  store.touchAlone(to);
}

function isFull({ links }: StepRecord): boolean {
  return links.length >= LINKS_MAX;
}

function leaveOut(store: StepStore, record: StepRecord, other: StepRecord): void {
  if (!isFull(record) || (other.kind === 'packet' && other.isRetransmission)) return;
  record.linksLeftOut = (record.linksLeftOut ?? 0) + 1;
  store.touchAlone(record);
}

/** Looked for where there are fewer. */
function isLinked(from: StepRecord, kind: Cause, to: StepRecord): boolean {
  return from.links.length <= to.links.length
    ? from.links.some((known) => known.to === to && known.kind === kind)
    : to.links.some((known) => known.to === from && known.kind === backwards[kind]);
}

/** Takes a link back that was a guess. */
export function unlink(store: StepStore, from: StepRecord, kind: Cause, to: StepRecord): void {
  cut(from, kind, to);
  cut(to, backwards[kind], from);
  store.touch(from);
  store.touch(to);
}

function cut({ links }: StepRecord, kind: Link['kind'], to: StepRecord): void {
  const at = links.findIndex((known) => known.to === to && known.kind === kind);
  if (at >= 0) links.splice(at, 1);
}

/** The first step that it is linked with in such a way. */
export function linked<Kind extends StepRecord['kind']>(
  record: StepRecord,
  kind: Link['kind'],
  of: Kind,
): Extract<StepRecord, { kind: Kind }> | undefined {
  const found = record.links.find(
    (candidate) => candidate.kind === kind && candidate.to.kind === of,
  );
  return found?.to as Extract<StepRecord, { kind: Kind }> | undefined;
}
