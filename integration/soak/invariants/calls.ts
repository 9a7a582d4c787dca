/** What the hosts send has a call, as all of them are traced. */
import type { Step } from '../../../lab/index.ts';
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
    if (!isFollowed) continue;
    const around = calls.get(step.from)?.filter((call) => isNear(call, step)) ?? [];
    const beside = around.map((call) => `\n    ${replay.text(call)}`).join('');
    yield `${replay.text(step)} has no call that explains it; calls of ${step.from} then:${beside}`;
  }
}

function isNear({ atNs, conversation }: Step, packet: Step): boolean {
  const isOfIt = conversation !== undefined && conversation === packet.conversation;
  return isOfIt || Math.abs(between(packet.atNs, atNs)) < SOON_NS;
}
