/** No effect before its cause: neither by the clock, nor in the order of the steps. */
import type { Step } from '../../../lab/index.ts';
import { waitsForOthers } from '../../../lab/model/call-facts.ts';
import { isFated, type LinkKind } from '../../../lab/timeline/step.ts';
import { between } from '../../../lab/util/nanoseconds.ts';
import type { Replay } from '../replay.ts';

/** The end of a call that strace reports is earlier than the end by at most this, and the delivery that a wire reports later. */
const JITTER_NS = 10e6;

export function* causesComeFirst(replay: Replay): Generator<string> {
  for (const step of replay.steps) {
    for (const { to, kind } of step.links) {
      const other = replay.byId.get(to.id);
      if (other && forwards.has(kind)) yield* isInOrder(replay, step, kind, other);
    }
  }
}

const forwards: ReadonlySet<LinkKind> = new Set(['caused', 'completed', 'repeated-by']);

function* isInOrder(replay: Replay, cause: Step, kind: LinkKind, effect: Step): Generator<string> {
  const lateNs = between(causedAt(cause, kind), effectAt(effect));
  const words = () => `${replay.text(cause)} ${kind} ${replay.text(effect)}`;
  if (lateNs < -JITTER_NS) yield `${words()}, ${(-lateNs / 1e6).toFixed(3)} ms before`;
  const standsWhereItBegan = effect.kind === 'call' && !waitsForOthers(effect.call);
  if (standsWhereItBegan) return;
  const [first = 0, second = 0] = [replay.places.get(cause.id), replay.places.get(effect.id)];
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
