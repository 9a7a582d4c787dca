/** `0.08 ms`, `1.02 s`: as exact as a person needs. */
export function duration(ns: number): string {
  if (ns >= 1e9) return `${trimmed(ns / 1e9)} s`;
  return ns >= 1e4 ? `${trimmed(ns / 1e6)} ms` : `${trimmed(ns / 1e3)} µs`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(value >= 10 ? 1 : 2)));
}

/** `, 0.08 ms later`, of a call that tells it. */
export function took({ tookNs }: { tookNs?: number }): string {
  return tookNs ? `, ${duration(tookNs)} later` : '';
}

export function bytesText(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** Nanoseconds from one time to another. */
export function between(fromNs: string, toNs: string): number {
  return Number(BigInt(toNs) - BigInt(fromNs));
}
