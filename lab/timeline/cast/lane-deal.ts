/** Before lanes change hands for the first time; the pause doubles each time, up to the last one. */
const PAUSE_MS = { first: 1000, last: 60_000 };
/** A host loses its lane only to one that talks more by this factor, so that equal ones do not take turns. */
const CLEARLY = 2;

/** How much each host talks; 0 for one that does not. */
export type Scores = ReadonlyMap<string, number>;

/**
 * Which hosts have a lane, where there is not room for all: those that talk most. A free lane is given away at once. A host
 * keeps its lane until another one talks clearly more, and even then it changes hands only after a pause.
 */
export class LaneDeal {
  #holders: readonly string[] = [];
  #changedMs = Number.NEGATIVE_INFINITY;
  #pauseMs = PAUSE_MS.first;

  /** @returns the hosts that have a lane now; the same array as before where nothing has changed */
  next(scores: Scores, { room, atMs }: { room: number; atMs: number }): readonly string[] {
    const before = this.#holders;
    const kept = mostActive(
      before.filter((host) => scores.has(host)),
      scores,
    ).slice(0, room);
    const talking = [...scores.keys()].filter((host) => scores.get(host) && !kept.includes(host));
    const others = mostActive(talking, scores);
    const free = room - kept.length;
    const isDue = atMs - this.#changedMs >= this.#pauseMs;
    const dealt = isDue ? changeHands(kept, others.slice(free), scores) : kept;
    if (dealt !== kept) this.#pauseMs = Math.min(2 * this.#pauseMs, PAUSE_MS.last);
    const holders = [...dealt, ...others.slice(0, free)];
    if (isSame(before, holders)) return before;
    this.#changedMs = atMs;
    this.#holders = holders;
    return holders;
  }
}

function mostActive(hosts: readonly string[], scores: Scores): string[] {
  return hosts.toSorted((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0));
}

/** The least active host makes room for the most active one without a lane, then the next two; both are given most active first. */
function changeHands(
  holders: readonly string[],
  others: readonly string[],
  scores: Scores,
): readonly string[] {
  let changes = 0;
  const talksClearlyMore = (other: string, holder: string) =>
    (scores.get(other) ?? 0) > CLEARLY * (scores.get(holder) ?? 0);
  for (const other of others) {
    const holder = holders.at(-1 - changes);
    if (holder === undefined || !talksClearlyMore(other, holder)) break;
    changes += 1;
  }
  if (changes === 0) return holders;
  return [...holders.slice(0, -changes), ...others.slice(0, changes)];
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && others.every((host) => some.includes(host));
}
