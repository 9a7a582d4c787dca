/** How late the peers are themselves: what they have missed by says nothing of the program. */

const TICK_MS = 50;
/** What is shorter is nothing that anybody would notice. */
const LATE_MS = 200;
const KEPT = 1000;

/** A moment at which timers fired late. Milliseconds, since 1970 and by which. */
interface Late {
  readonly atMs: number;
  readonly byMs: number;
}

const late: Late[] = [];
let lastMs = Date.now();

setInterval(() => {
  const nowMs = Date.now();
  const byMs = nowMs - lastMs - TICK_MS;
  lastMs = nowMs;
  if (byMs >= LATE_MS) late.push({ atMs: nowMs, byMs });
  if (late.length > KEPT) late.shift();
}, TICK_MS).unref();

/** By how many milliseconds they were late at most since a time, in milliseconds since 1970. */
export function lateness({ sinceMs }: { readonly sinceMs: number }): number {
  // A tick that is still to come may be late already.
  const now = { atMs: Date.now(), byMs: Date.now() - lastMs - TICK_MS };
  const since = [...late, now].filter(({ atMs }) => atMs >= sinceMs);
  return Math.max(0, ...since.map(({ byMs }) => byMs));
}
