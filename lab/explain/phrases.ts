import { duration } from '../util/duration.ts';

/** `, 0.08 ms later`, where the call's duration is known. */
export function took({ tookNs }: { tookNs?: number }): string {
  return tookNs ? `, ${duration(tookNs)} later` : '';
}

export function bytesText(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${bytes} bytes`;
}

/** Columns that a title takes at most. */
export const TITLE_MAX = 40;

/** Joins words, leaving out those that are missing. */
export function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
