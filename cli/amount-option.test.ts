import { expect, test } from 'vitest';
import { durationOption, numberOption, rateOption } from './amount-option.ts';

const bits = numberOption('--bits <number>', '', { min: 1, max: 8, whole: true });
const delay = durationOption('-d, --delay <duration>', '', { min: 0, max: 86_400_000 });
const rate = rateOption('--rate <rate>', '', { min: 0.001, max: 1e9 });

test.each([
  [bits, '8', 8],
  [delay, '0s', 0],
  [delay, '1.5s', 1500],
  [delay, '24h', 86_400_000],
  [rate, '64kbit', 64],
  [rate, '1.5mbit', 1500],
  [rate, '500bit', 0.5],
])('an amount within the range becomes a number', (option, text, value) => {
  expect(option.parseArg?.(text, undefined)).toBe(value);
});

const needed = {
  bits: '--bits must be a whole number from 1 to 8',
  delay: '--delay must be a duration from 0ms to 24h, as in 500ms or 2m',
  rate: '--rate must be a rate from 1bit to 1000gbit, as in 64kbit or 2mbit',
};

test.each([
  [bits, '9', `${needed.bits}, but is 9`],
  [bits, '1.5', `${needed.bits}, but is 1.5`],
  [bits, 'many', `${needed.bits}, but is many`],
  [bits, '', `${needed.bits}, but is empty`],
  [delay, '-5ms', `${needed.delay}, but is -5ms`],
  [delay, '99999999h', `${needed.delay}, but is 99999999h`],
  [delay, '5', `${needed.delay}, but is 5`],
  [rate, '64', `${needed.rate}, but is 64`],
  [rate, '0kbit', `${needed.rate}, but is 0kbit`],
])(
  'an amount outside the range is refused in the units in which it was typed',
  (option, text, message) => {
    expect(() => option.parseArg?.(text, undefined)).toThrow(new RangeError(message));
  },
);
