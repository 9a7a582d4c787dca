/**
 * Reproducible pseudo-random numbers: the same seed and name give the same stream.
 *
 * sfc32 of Chris Doty-Humphrey (PractRand), 128 bits of state, period about 2^127. The state comes from the seed's text by
 * FNV-1a (RFC 9923), spread by the finaliser of MurmurHash3.
 */

/** Each call returns the next number, from 0 up to but not including 1. */
export type Random = () => number;

/**
 * A stream of its own for each name, so that one fault's numbers do not depend on another's.
 *
 * @example
 * const random = randomStream('lecture-3', 'loss tcp-server');
 * const isLost = random() < 0.1;
 */
export function randomStream(seed: string, name: string): Random {
  const [a, b, c] = [1, 2, 3].map((part) => hash(`${part}\0${seed}\0${name}`));
  let state: readonly [number, number, number, number] = [a ?? 0, b ?? 0, c ?? 0, 1];
  const next = (): number => {
    const [w, x, y, counter] = state;
    const sum = (w + x + counter) | 0;
    const rotated = (y << 21) | (y >>> 11);
    state = [x ^ (x >>> 9), (y + (y << 3)) | 0, (rotated + sum) | 0, (counter + 1) | 0];
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers after seeding are not yet mixed.
  for (let round = 0; round < 12; round += 1) next();
  return next;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return value ^ (value >>> 16);
}
