import type { LinkKind } from '../step.ts';
import type { StepRecord } from './step-record.ts';

type Cause = 'caused' | 'completed' | 'repeated-by' | 'reports';

const backwards: Readonly<Record<Cause, LinkKind>> = {
  caused: 'caused-by',
  completed: 'completed-by',
  'repeated-by': 'repeats',
  reports: 'reported-by',
};

/** One call may cause thousands of segments, too many to read one by one. */
const LINKS_MAX = 500;

/**
 * Links two steps, both ways and once only. A step that is full only counts further links. The cost depends on the step with
 * fewer links.
 */
export function link(from: StepRecord, kind: Cause, to: StepRecord): void {
  if (from.isForgotten || to.isForgotten || from === to) return;
  if (isLinked(from, kind, to)) return;
  if (isFull(from) || isFull(to)) {
    leaveOut(from, to);
    leaveOut(to, from);
    return;
  }
  from.addLink(kind, to);
  to.addLink(backwards[kind], from);
}

function isFull({ links }: StepRecord): boolean {
  return links.length >= LINKS_MAX;
}

function leaveOut(record: StepRecord, other: StepRecord): void {
  if (!isFull(record) || (other.kind === 'packet' && other.isRetransmission)) return;
  record.leaveLinkOut();
}

/** Searches the step with fewer links. */
function isLinked(from: StepRecord, kind: Cause, to: StepRecord): boolean {
  return from.links.length <= to.links.length
    ? from.links.some((known) => known.to === to && known.kind === kind)
    : to.links.some((known) => known.to === from && known.kind === backwards[kind]);
}

/** Removes a link that was a guess. */
export function unlink(from: StepRecord, kind: Cause, to: StepRecord): void {
  from.removeLink(kind, to);
  to.removeLink(backwards[kind], from);
}

/** The first step that it has such a link with. */
export function linked<Kind extends StepRecord['kind']>(
  record: StepRecord,
  kind: LinkKind,
  of: Kind,
): Extract<StepRecord, { kind: Kind }> | undefined {
  const found = record.links.find(
    (candidate) => candidate.kind === kind && candidate.to.kind === of,
  );
  return found?.to as Extract<StepRecord, { kind: Kind }> | undefined;
}
