import type { Option } from 'commander';
import { expect, test } from 'vitest';
import { faultSettings } from '../lab/model/fault-settings.ts';
import { NAMES, pathActions } from './break-path.ts';

/** Not settings of the wire: which ways the fault acts. */
const ofThePath = ['bothWays', 'oneWay'];

const settingOf = (option: Option) => NAMES[option.attributeName()] ?? option.attributeName();

const options = pathActions().flatMap((verb) => {
  const needed = verb.options.filter(({ description }) => description.includes('(required)'));
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

test.each([
  [['--precent', '30'], "unknown option '--precent'"],
  [[], "required option '--percent <number>' not specified"],
])('"break loss" with %j says: %s', async (words, message) => {
  const loss = pathActions().find((verb) => verb.name() === 'loss');
  loss?.exitOverride().configureOutput({ outputError: () => {} });
  await expect(loss?.parseAsync(['a', 'b', ...words], { from: 'user' })).rejects.toThrow(message);
});

test('a seed can be given only where chance has a part', () => {
  const seeded = pathActions().filter(({ options }) =>
    options.some((option) => option.attributeName() === 'seed'),
  );
  expect(seeded.map((verb) => verb.name())).toEqual([
    'loss',
    'delay',
    'reorder',
    'duplicate',
    'corrupt',
  ]);
});
