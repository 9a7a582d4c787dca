/** `3 µs`, `0.08 ms`, `1.02 s`, `3 min 5 s`: as precise as a person needs. */
export function duration(ns: number): string {
  if (ns >= 60e9) return inMinutes(Math.round(ns / 1e9));
  if (ns >= 1e9) return `${trimmed(ns / 1e9)} s`;
  return ns >= 1e4 ? `${trimmed(ns / 1e6)} ms` : `${trimmed(ns / 1e3)} µs`;
}

function inMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function trimmed(value: number): string {
  return String(Number(value.toFixed(value >= 10 ? 1 : 2)));
}
