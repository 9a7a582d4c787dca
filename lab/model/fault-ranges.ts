/** The ranges of the numeric settings of faults; see faults.ts for their meaning. */

export interface Range {
  /** Both ends are inclusive. */
  readonly min: number;
  readonly max: number;
  /** Default: no. */
  readonly whole?: boolean;
}

const DAY_MS = 86_400_000;

export const PERCENT: Range = { min: 0, max: 100 };
export const DELAY_MS: Range = { min: 0, max: DAY_MS };
/** How long a fault lasts. */
export const FOR_MS: Range = { min: 1, max: DAY_MS };
/** Of packets or bytes. */
export const COUNT: Range = { min: 1, max: 1_000_000_000, whole: true };
export const PORT: Range = { min: 1, max: 65_535, whole: true };
export const COPIES: Range = { min: 1, max: 100, whole: true };
export const BITS: Range = { min: 1, max: 8, whole: true };
export const RATE_KBIT: Range = { min: 0.001, max: 1e9 };
