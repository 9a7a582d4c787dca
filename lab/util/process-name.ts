import { basename } from 'node:path';
import { printable } from './printable.ts';

/** A program chooses its name itself, and may choose one of a megabyte. */
const LENGTH_MAX = 64;

/**
 * The name of a program by the first of its arguments: its file, without its folder, with control characters escaped; of a long one
 * the beginning. Undefined for none.
 */
export function processName(first: string): string | undefined {
  const name = printable(basename(first).slice(0, LENGTH_MAX));
  if (name === '') return undefined;
  return name.length > LENGTH_MAX ? `${name.slice(0, LENGTH_MAX - 1)}…` : name;
}
