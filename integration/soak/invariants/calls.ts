/** What the hosts send has a call, as all of them are traced. */
import { between } from '../../../lab/util/nanoseconds.ts';
import type { Told } from '../told.ts';

/** A trace that a kill cut off may have told less than there was; one that tells a later call has told all before it. */
const SOON_NS = 500e6;

export function* packetsAreExplained(told: Told): Generator<string> {
  const calls = Map.groupBy(
    told.steps.filter((step) => step.kind === 'call' && step.call.stage !== 'present'),
    ({ host }) => host,
  );
  for (const step of told.packets) {
    if (!step.isUnexplained) continue;
    const isFollowed = calls.get(step.from)?.some(({ atNs }) => {
      const afterNs = between(step.atNs, atNs);
      return afterNs > 0 && afterNs < SOON_NS;
    });
    if (isFollowed) yield `${told.text(step)} has no call that explains it`;
  }
}
