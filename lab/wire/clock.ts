const STARTED_NS = Number(process.hrtime.bigint()) - performance.now() * 1e6;

/**
 * The kernel's monotonic clock (CLOCK_MONOTONIC of clock_gettime(2)) in nanoseconds: the same in all wires of a machine. It never
 * jumps, and as a number it is exact for 104 days after the machine was started, and to two nanoseconds for as many more.
 */
export function monotonicNs(): number {
  return STARTED_NS + performance.now() * 1e6;
}
