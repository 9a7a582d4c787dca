/**
 * The axis of time, downwards. Later is always further down, but not in proportion: microseconds and seconds must be visible in
 * one picture. Each beginning has a row for its label, a longer time takes more room, up to a limit, and where nothing
 * happened for long there is a gap that says so.
 */

/** Between the labels of two rows, in pixels. */
export const ROW_PX = 26;
/** From one moment to the next at least: an arrow that arrives at once still has a slope. */
const MOMENT_PX = 7;
/** Beyond it, time passes without a trace but for the gap's mark. */
const GAP_MS = 150;
const GAP_PX = 44;
/** A time of `UNIT_MS` takes `DOUBLING_PX`; each doubling of it takes as much again. */
const UNIT_MS = 0.05;
const DOUBLING_PX = 3.5;
const TOP_PX = 22;

/** A time at which something begins, and needs a row, or ends. */
export interface Moment {
  readonly atMs: number;
  readonly isBeginning: boolean;
  /** Room that its label needs above it, in pixels. */
  readonly above: number;
  /** It shares the row of the moment before. */
  readonly joins: boolean;
}

/** A stretch of time in which nothing happened. */
export interface Gap {
  /** Its middle. */
  readonly y: number;
  readonly ms: number;
}

export interface Axis {
  /** The position of each moment, in the given order. */
  readonly ys: Float64Array;
  readonly gaps: readonly Gap[];
  readonly height: number;
}

/** @param moments in the order of time */
export function axis(moments: readonly Moment[]): Axis {
  const ys = new Float64Array(moments.length);
  const gaps: Gap[] = [];
  let y = TOP_PX - MOMENT_PX;
  let lastMs = moments[0]?.atMs ?? 0;
  let rowY = Number.NEGATIVE_INFINITY;
  for (const [i, { atMs, isBeginning, above, joins }] of moments.entries()) {
    const passedMs = atMs - lastMs;
    const isGap = passedMs >= GAP_MS;
    if (!joins) {
      const earliest = y + Math.max(above, MOMENT_PX + (isGap ? GAP_PX : stretch(passedMs)));
      const next = isBeginning ? Math.max(earliest, rowY + ROW_PX) + (isGap ? above : 0) : earliest;
      if (isGap) gaps.push({ y: (y + next - above) / 2 + 2, ms: passedMs });
      y = next;
    }
    lastMs = atMs;
    if (isBeginning) rowY = y;
    ys[i] = y;
  }
  return { ys, gaps, height: y + ROW_PX };
}

function stretch(ms: number): number {
  return DOUBLING_PX * Math.log2(1 + Math.max(0, ms) / UNIT_MS);
}
