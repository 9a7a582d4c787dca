import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { faultSettings } from '../model/fault-settings.ts';
import { presetOf, presets } from '../model/presets.ts';
import { faultsOf } from './impair-several.ts';

const ends = { from: 'client', to: 'server' } as const;

test('several impairments have one path, and keep their order', () => {
  const impairments = [
    { kind: 'delay', delayMs: 100 },
    { kind: 'loss', percent: 2 },
  ] as const;
  expect(faultsOf({ ...ends, bothWays: true, impairments })).toEqual([
    { kind: 'delay', delayMs: 100, ...ends, bothWays: true },
    { kind: 'loss', percent: 2, ...ends, bothWays: true },
  ]);
});

test('a preset has the bandwidth of each direction, and delays both', () => {
  expect(faultsOf({ ...ends, preset: 'dsl' })).toEqual([
    { kind: 'rate', rateKbit: 384, from: 'client', to: 'server', bothWays: false },
    { kind: 'rate', rateKbit: 1500, from: 'server', to: 'client', bothWays: false },
    { kind: 'delay', delayMs: 25, from: 'client', to: 'server', bothWays: true },
  ]);
});

test.each(Object.keys(presets) as (keyof typeof presets)[])('preset %s is valid', (preset) => {
  for (const { from, to, bothWays, ...settings } of faultsOf({ ...ends, preset, forMs: 1000 })) {
    expect(faultSettings(settings, to)).toEqual(settings);
  }
});

test.each(['5g', 'constructor'])(
  '"%s" is no preset, and those that there are are named',
  (name) => {
    expect(() => presetOf(name)).toThrow(
      new TypeError(
        `There is no preset "${name}": it must be one of ${Object.keys(presets).join(', ')}`,
      ),
    );
  },
);

test('the page on faults has the values of each preset', () => {
  const page = readFileSync(new URL('../../docs/faults.md', import.meta.url), 'utf8');
  for (const [name, preset] of Object.entries(presets)) {
    const [row = ''] = new RegExp(`^\\| \`${name}\` .*$`, 'm').exec(page) ?? [];
    expect(row).toContain(`| ${2 * preset.delayMs} ms |`);
    const { upKbit, downKbit } = preset;
    if (upKbit === undefined || downKbit === undefined) continue;
    const rate = (kbit: number) => (kbit < 1000 ? `${kbit} kbit/s` : `${kbit / 1000} Mbit/s`);
    expect(row).toContain(`| ${rate(upKbit)} | ${rate(downKbit)} |`);
  }
});
