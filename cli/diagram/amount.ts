/** `0.08 ms`, `12 ms`, `1.5 s`: a time as people say it. */
export function timeWords(ns: number): string {
  const ms = ns / 1e6;
  if (ms >= 1000) return `${rounded(ms / 1000)} s`;
  return `${rounded(ms)} ms`;
}

/** Two digits that matter; more only before the point. */
function rounded(value: number): string {
  return value >= 10 ? value.toFixed(0) : String(Number(value.toPrecision(2)));
}

/** Nanoseconds from one time to another. */
export function nsBetween(fromNs: string, toNs: string): number {
  return Number(BigInt(toNs) - BigInt(fromNs));
}
