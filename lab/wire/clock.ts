/** The wire's own clock: nanoseconds since the program began. It never jumps, and as a number it is exact for 104 days. */
export function monotonicNs(): number {
  return performance.now() * 1e6;
}
