/**
 * The kernel's monotonic clock (CLOCK_MONOTONIC, clock_gettime(2)) in nanoseconds: the same in all wires of a machine. It never
 * jumps. As a number it is exact for 104 days after the machine has started, and to two nanoseconds for another 104.
 */
export function monotonicNs(): number {
  return Number(process.hrtime.bigint());
}
