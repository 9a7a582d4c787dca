/** Which hosts have a column, if there is not room for all: the most active ones. */
import { LaneDeal, type Scores } from '../../../lab/timeline/cast/lane-deal.ts';
import { talkersOf, withPartners } from '../../../lab/timeline/cast/talkers.ts';
import type { Step } from '../../../lab/timeline/step.ts';
import { hostsOf } from './columns.ts';

export interface CastOptions {
  readonly names: readonly string[];
  /** Those that have one, whether they talk or not. */
  readonly chosen: ReadonlySet<string>;
  /** The number of columns that fit. */
  readonly room: number;
  readonly atMs: number;
}

interface Shown {
  readonly names: readonly string[];
  readonly others: ReadonlySet<string>;
}

/** Remembers who has a column, so that they change rarely. */
export class Cast {
  readonly #deal = new LaneDeal();

  /** @param steps whose packets show how active each host is, or their calls if there are no packets */
  shown(steps: readonly Step[], { names, chosen, room, atMs }: CastOptions): Shown {
    if (names.length <= room) return { names, others: new Set() };
    const scores = scoresOf(steps, names, chosen);
    // One is for the others.
    const shown = this.#deal.next(scores, { room: room - 1, atMs });
    return { names: shown, others: new Set(names).difference(new Set(shown)) };
  }
}

function scoresOf(
  steps: readonly Step[],
  names: readonly string[],
  chosen: ReadonlySet<string>,
): Scores {
  const packets = steps.filter(({ kind }) => kind === 'packet');
  const counts = new Map<string, number>();
  const partners = new Map<string, string>();
  for (const step of packets.length > 0 ? packets : steps) {
    const [from, to] = talkersOf(step);
    if (from === undefined) continue;
    for (const host of new Set([from, to ?? from])) counts.set(host, (counts.get(host) ?? 0) + 1);
    if (to !== undefined && from !== to) partners.set(from, to).set(to, from);
  }
  const score = (name: string) =>
    chosen.has(name) ? Number.POSITIVE_INFINITY : (counts.get(name) ?? 0);
  const ordered = withPartners(names, (name) => partners.get(name));
  return new Map(ordered.map((name) => [name, score(name)]));
}

/** Whether a step is between hosts without a column: these may be so many that they would hide everything else. */
export function isAmong(others: ReadonlySet<string>, step: Step): boolean {
  if (step.kind === 'fault' || (step.kind === 'host' && step.state.state !== 'running'))
    return false;
  return hostsOf(step).every((host) => others.has(host));
}
