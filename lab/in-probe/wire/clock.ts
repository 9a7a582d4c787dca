/**
 * The kernel's monotonic clock (CLOCK_MONOTONIC of clock_gettime(2)) in nanoseconds: the same in all wires of a machine. It never
 * jumps, and as a number it is exact for 104 days after the machine was started, and to two nanoseconds for as many more.
 */
export function monotonicNs(): number {
  return Number(process.hrtime.bigint());
}
