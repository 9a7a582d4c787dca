/** Options that take an amount. Errors state the range in the units in which it is typed. */
import { Option } from 'commander';
import type { Range } from '../lab/model/fault-ranges.ts';
import { durationWords, milliseconds } from './duration.ts';
import { kilobits, rateWords } from './rate.ts';

/** @throws {RangeError} when it is used: `--bits must be a whole number from 1 to 8, but is 9` */
export function numberOption(flags: string, description: string, range: Range): Option {
  const noun = range.whole ? 'a whole number' : 'a number';
  const needed = `${noun} from ${range.min} to ${range.max}`;
  return amountOption(new Option(flags, description), { range, needed, read: number });
}

/**
 * In milliseconds.
 *
 * @throws {RangeError} when it is used: `--delay must be a duration from 0ms to 24h, as in 500ms or 2m, but is -5ms`
 */
export function durationOption(flags: string, description: string, range: Range): Option {
  const limits = `from ${durationWords(range.min)} to ${durationWords(range.max)}`;
  const needed = `a duration ${limits}, as in 500ms or 2m`;
  return amountOption(new Option(flags, description), { range, needed, read: milliseconds });
}

/**
 * In kilobits per second.
 *
 * @throws {RangeError} when it is used: `--rate must be a rate from 1bit to 1000gbit, as in 64kbit or 2mbit, but is 64`
 */
export function rateOption(flags: string, description: string, range: Range): Option {
  const limits = `from ${rateWords(range.min)} to ${rateWords(range.max)}`;
  const needed = `a rate ${limits}, as in 64kbit or 2mbit`;
  return amountOption(new Option(flags, description), { range, needed, read: kilobits });
}

interface Amount {
  readonly range: Range;
  /** What the range is, in words. */
  readonly needed: string;
  /** Gives NaN for what is no such amount. */
  readonly read: (text: string) => number;
}

function amountOption(option: Option, { range, needed, read }: Amount): Option {
  const { min, max, whole = false } = range;
  return option.argParser((text) => {
    const value = read(text);
    if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
    throw new RangeError(`${option.long} must be ${needed}, but is ${text.trim() || 'empty'}`);
  });
}

function number(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
