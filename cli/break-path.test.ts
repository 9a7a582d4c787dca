import type { Option } from 'commander';
import { expect, test } from 'vitest';
import { faultSettings } from '../lab/model/fault-settings.ts';
import { NAMES, pathActions } from './break-path.ts';

/** Not settings of the wire: which ways the fault acts. */
const ofThePath = ['bothWays', 'oneWay'];

const settingOf = (option: Option) => NAMES[option.attributeName()] ?? option.attributeName();

const options = pathActions().flatMap((verb) => {
  const needed = verb.options.filter(({ mandatory }) => mandatory);
  const settings = {
    kind: verb.name(),
    ...Object.fromEntries(needed.map((one) => [settingOf(one), 1])),
  };
  const own = verb.options.filter((option) => !ofThePath.includes(option.attributeName()));
  return own.map((option) => ({ ...settings, option, settings }));
});

test.each(options)('break $kind: $option.long has the same name in the API', (found) => {
  const name = settingOf(found.option);
  expect(name.replace(/(Ms|Kbit)$/, '')).toBe(found.option.attributeName());
  // Nothing takes a function: a setting that exists says what it takes.
  const wrong = { ...found.settings, [name]: () => 1 };
  expect(() => faultSettings(wrong, 'server')).toThrow(`${name} must be `);
});
