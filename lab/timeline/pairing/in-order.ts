/** What may be taken for another of the same fingerprint. */
export interface Alike {
  readonly ns: number;
  readonly fingerprint: string;
}

/**
 * Pairs what is alike, of two lists in the order of time: each later one with the closest earlier one that is free, so that one whose
 * counterpart was not seen takes no other's. None overtakes another, as neither a link nor a queue of the kernel lets them.
 *
 * @param isPair whether two with one fingerprint may be the same. Default: always
 */
export function inOrder<E extends Alike, L extends Alike>(
  earlier: readonly E[],
  later: readonly L[],
  isPair: (start: E, end: L) => boolean = () => true,
): Map<L, E> {
  const pairs = new Map<L, E>();
  const byFingerprint = Map.groupBy(earlier, ({ fingerprint }) => fingerprint);
  for (const [fingerprint, ends] of Map.groupBy(later, (one) => one.fingerprint)) {
    const [from, to] = closest(byFingerprint.get(fingerprint) ?? [], ends, isPair);
    for (const [at, end] of to.entries()) {
      const start = from[at];
      if (start !== undefined) pairs.set(end, start);
    }
  }
  return pairs;
}

/** Which have a counterpart, as many of each, in the order of time. */
function closest<E extends Alike, L extends Alike>(
  starts: E[],
  ends: L[],
  isPair: (start: E, end: L) => boolean,
): [E[], L[]] {
  const waiting: E[] = [];
  const taken = new Set<E>();
  const ended: L[] = [];
  // Of several in one nanosecond the first is on top, as of pieces that were captured as one.
  const rest = starts.toReversed().sort((a, b) => a.ns - b.ns);
  let next = 0;
  for (const end of ends) {
    for (let start = rest[next]; start && start.ns <= end.ns; start = rest[next]) {
      waiting.push(start);
      next += 1;
    }
    const place = waiting.findLastIndex((start) => isPair(start, end));
    const [start] = place < 0 ? [] : waiting.splice(place, 1);
    if (start === undefined) continue;
    taken.add(start);
    ended.push(end);
  }
  return [starts.filter((start) => taken.has(start)), ended];
}
