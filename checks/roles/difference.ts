export type DifferenceCode = 'nothing-received' | 'part-missing' | 'more-bytes' | 'other-bytes';

/** How what was received differs from what was expected, if it does. */
export function differenceOf(
  expected: Uint8Array,
  received: Uint8Array,
): DifferenceCode | undefined {
  const at = firstDifference(expected, received);
  if (at === undefined) return undefined;
  if (received.length === 0) return 'nothing-received';
  if (at === received.length) return 'part-missing';
  return at === expected.length ? 'more-bytes' : 'other-bytes';
}

/** Where the first byte is that is wrong or missing, or is too many, counted from 0; undefined where there is none. */
export function firstDifference(expected: Uint8Array, received: Uint8Array): number | undefined {
  const length = Math.max(expected.length, received.length);
  for (let at = 0; at < length; at += 1) if (expected[at] !== received[at]) return at;
  return undefined;
}
