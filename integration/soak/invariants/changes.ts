/** Who follows a timeline by its changes has what the timeline has, and of what it has let go nothing is left. */
import type { Told } from '../told.ts';

export function* changesAreComplete(told: Told): Generator<string> {
  const kept = new Set(told.bounded.steps.map(({ id }) => id));
  for (const step of told.bounded.steps) {
    const seen = told.rendered.get(step.id);
    if (seen !== step) yield `${told.text(step)} is ${seen ? 'another one' : 'missing'} on a page`;
    for (const { to, kind } of step.links)
      if (!kept.has(to.id)) yield `${told.text(step)} ${kind} #${to.id}, which is no longer kept`;
  }
  for (const [id, step] of told.rendered)
    if (!kept.has(id)) yield `${told.text(step)} is on a page, and no longer kept`;
}
