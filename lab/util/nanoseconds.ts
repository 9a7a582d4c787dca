/** Times as events have them: nanoseconds since 1970, in decimal. */

/** Nanoseconds from one time to another. */
export function between(fromNs: string, toNs: string): number {
  return Number(BigInt(toNs) - BigInt(fromNs));
}

/** Milliseconds since 1970. */
export function msOf(atNs: string): number {
  return Number(BigInt(atNs) / 1_000_000n);
}
