/** Who follows a timeline by its changes has what the timeline has, and of what it has let go nothing is left. */
import type { Replay } from '../replay.ts';

export function* changesAreComplete(replay: Replay): Generator<string> {
  const kept = new Set(replay.bounded.steps.map(({ id }) => id));
  for (const step of replay.bounded.steps) {
    const seen = replay.rendered.get(step.id);
    if (seen !== step)
      yield `${replay.text(step)} is ${seen ? 'another one' : 'missing'} on a page`;
    for (const { to, kind } of step.links)
      if (!kept.has(to.id)) yield `${replay.text(step)} ${kind} #${to.id}, which is no longer kept`;
  }
  for (const [id, step] of replay.rendered)
    if (!kept.has(id)) yield `${replay.text(step)} is on a page, and no longer kept`;
}
