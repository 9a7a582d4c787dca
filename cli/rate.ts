/** In kilobits per second. The units are those of `tc`: thousands, not 1024s. */
const UNITS_KBIT = { bit: 0.001, kbit: 1, mbit: 1000, gbit: 1_000_000 } as const;

/** Kilobits per second of `64kbit`, `2mbit` or `1gbit`; NaN of what is no rate. */
export function kilobits(text: string): number {
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(bit|kbit|mbit|gbit)$/.exec(text) ?? [];
  return Number(digits) * UNITS_KBIT[unit as keyof typeof UNITS_KBIT];
}

/** A rate as it can be typed, in the largest unit of which it is at least one: `2mbit` of 2,000 kbit/s. */
export function rateWords(kbit: number): string {
  const units = Object.entries(UNITS_KBIT).toReversed();
  const [unit, unitKbit] = units.find(([, unitKbit]) => kbit >= unitKbit) ?? ['bit', 0.001];
  return `${kbit / unitKbit}${unit}`;
}
