/** No effect before its cause: neither by the clock, nor in the order in which steps are told. */
import type { Step } from '../../../lab/index.ts';
import { waitsForOthers } from '../../../lab/model/call-facts.ts';
import { isFated, type LinkKind } from '../../../lab/timeline/step.ts';
import { between } from '../../../lab/util/nanoseconds.ts';
import type { Told } from '../told.ts';

/** What strace tells of a call's end is earlier than the end by so much at most, and what a wire tells of a delivery later. */
const JITTER_NS = 10e6;

export function* causesComeFirst(told: Told): Generator<string> {
  for (const step of told.steps) {
    for (const { to, kind } of step.links) {
      const other = told.byId.get(to.id);
      if (other && forwards.has(kind)) yield* isInOrder(told, step, kind, other);
    }
  }
}

const forwards: ReadonlySet<LinkKind> = new Set(['caused', 'completed', 'repeated-by']);

function* isInOrder(told: Told, cause: Step, kind: LinkKind, effect: Step): Generator<string> {
  const lateNs = between(causedAt(cause, kind), effectAt(effect));
  const words = () => `${told.text(cause)} ${kind} ${told.text(effect)}`;
  if (lateNs < -JITTER_NS) yield `${words()}, ${(-lateNs / 1e6).toFixed(3)} ms before`;
  const standsWhereItBegan = effect.kind === 'call' && !waitsForOthers(effect.call);
  if (standsWhereItBegan) return;
  const [first = 0, second = 0] = [told.places.get(cause.id), told.places.get(effect.id)];
  if (first >= second) yield `${words()}, but stands behind it`;
}

/** A packet has an effect where it arrives, a call and what is sent again from their beginnings on. */
function causedAt(cause: Step, kind: LinkKind): string {
  if (cause.kind !== 'packet' || kind === 'repeated-by') return cause.atNs;
  // Its end is that of its last copy.
  return isFated(cause, 'duplicated') ? cause.atNs : (cause.endNs ?? cause.atNs);
}

function effectAt(effect: Step): string {
  return effect.kind === 'call' ? (effect.endNs ?? effect.atNs) : effect.atNs;
}
