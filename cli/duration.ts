import { InvalidArgumentError } from 'commander';

const UNITS_MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;

/** Milliseconds of `500ms`, `10s`, `2m` or `1h`; whether they may be negative is for whom they are for to say. */
export function duration(text: string): number {
  const [, digits, unit] = /^(-?\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(text) ?? [];
  const ms = Number(digits) * UNITS_MS[unit as keyof typeof UNITS_MS];
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidArgumentError('It must be a duration such as 500ms, 10s, 2m or 1h.');
}

/** A duration that is over some time. */
export function positiveDuration(text: string): number {
  const ms = duration(text);
  if (ms > 0) return ms;
  throw new InvalidArgumentError('It must be more than 0.');
}
