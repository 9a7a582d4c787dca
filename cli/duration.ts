const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of `500ms`, `10s`, `2m` or `1h`, of `-5ms` too; NaN of what is no duration. */
export function milliseconds(text: string): number {
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(digits) * UNITS_MS[unit as keyof typeof UNITS_MS];
}

/** A duration as it can be typed, in the largest unit of which it is a whole number: `2m` of 120,000 ms. */
export function durationWords(ms: number): string {
  const units = Object.entries(UNITS_MS).toReversed();
  const [unit, unitMs] = units.find(([, unitMs]) => ms >= unitMs && ms % unitMs === 0) ?? ['ms', 1];
  return `${ms / unitMs}${unit}`;
}
