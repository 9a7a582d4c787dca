/** What the hosts send has a call, as all of them are traced. */
import { between } from '../../../lab/util/nanoseconds.ts';
import type { Replay } from '../replay.ts';

/** A trace that a kill cut off may lack calls; one that has a later call has all before it. */
const SOON_NS = 500e6;

export function* packetsAreExplained(replay: Replay): Generator<string> {
  const calls = Map.groupBy(
    replay.steps.filter((step) => step.kind === 'call' && step.call.stage !== 'present'),
    ({ host }) => host,
  );
  for (const step of replay.packets) {
    if (!step.isUnexplained) continue;
    const isFollowed = calls.get(step.from)?.some(({ atNs }) => {
      const afterNs = between(step.atNs, atNs);
      return afterNs > 0 && afterNs < SOON_NS;
    });
    if (isFollowed) yield `${replay.text(step)} has no call that explains it`;
  }
}
