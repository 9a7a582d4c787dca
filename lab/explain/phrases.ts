import { duration } from '../util/duration.ts';

/** `, 0.08 ms later`, of a call that tells it. */
export function took({ tookNs }: { tookNs?: number }): string {
  return tookNs ? `, ${duration(tookNs)} later` : '';
}

export function bytesText(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** Columns that a title takes at most. */
export const TITLE_MAX = 40;

/** Those of some words that there are, in a row. */
export function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
