import { InvalidArgumentError } from 'commander';

/** A number as it is typed; what it may be is for whom it is for to say. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number.');
}
