/** Where each host's lifeline stands. */

/** Columns of the times at the left, with the blank after them. */
export const GUTTER = 9;
/** An arrow with room for `SYN-ACK` on it. */
const LANE_MIN = 14;
/** More would make an arrow a desert. */
const LANE_MAX = 52;
/** Right of the last lifeline, for its calls; those that need more are drawn to its left. */
const LAST_LANE_MIN = 15;
/** On a narrower line a list says more. */
const WIDTH_MIN = 45;
/** How much wider it is than the others: text is read to the right. */
const LAST_LANE_SHARE = 1.2;

/** A host's name, and the column of its lifeline. */
export interface Lane {
  readonly host: string;
  readonly at: number;
}

/** The number of lanes that fit. */
export function lanesIn(width: number): number {
  return width < WIDTH_MIN ? 0 : 1 + Math.floor((width - GUTTER - LAST_LANE_MIN) / LANE_MIN);
}

/** @param hosts no more than there is room for */
export function placeLanes(hosts: readonly string[], width: number): Lane[] {
  const room = width - GUTTER;
  const gaps = hosts.length - 1;
  const last = Math.max(LAST_LANE_MIN, Math.floor((room / hosts.length) * LAST_LANE_SHARE));
  const lane = Math.min(
    LANE_MAX,
    Math.max(LANE_MIN, Math.floor((room - last) / Math.max(1, gaps))),
  );
  return hosts.map((host, index) => ({ host, at: GUTTER + index * lane }));
}
