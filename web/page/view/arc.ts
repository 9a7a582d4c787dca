/** The arcs between hosts on the map: quadratic curves, whose control point is above it. */

export const MAP_PX = 56;
const TOP = -MAP_PX * 0.72;

/** As the `d` of a path. */
export function arc(from: number, to: number): string {
  return `M ${from} ${MAP_PX} Q ${(from + to) / 2} ${TOP} ${to} ${MAP_PX}`;
}

/** Where an arc is after the share `t` of the way, 0 to 1. */
export function arcPoint(from: number, to: number, t: number): { x: number; y: number } {
  return {
    x: (1 - t) ** 2 * from + t * (1 - t) * (from + to) + t ** 2 * to,
    y: (1 - t) ** 2 * MAP_PX + 2 * t * (1 - t) * TOP + t ** 2 * MAP_PX,
  };
}
