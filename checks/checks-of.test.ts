import { expect, test } from 'vitest';
import type { Check, CheckText, Layer } from './check.ts';
import { checksOf, chosenChecks } from './checks-of.ts';

function check(id: string, layer: Layer, more: Partial<Check<unknown>> = {}): Check<unknown> {
  const text = { statement: 'X1', title: `is ${id}`, why: 'Tests want it.' };
  return { ...text, id, layer, run: async () => undefined, ...more };
}

const role = {
  name: 'tester',
  checks: [
    check('robust', 'is-robust'),
    check('first', 'speaks'),
    check('other-env', 'is-correct', { env: { GREETING: '' } }),
    check('second', 'is-correct'),
    check('alone', 'is-correct', { hasOwnFixture: true }),
    check('third', 'is-correct'),
  ],
};
const idsOf = (checks: readonly CheckText[]) => checks.map(({ id }) => id);

test('checks come in the order of their layers, behind those of every program', () => {
  const ids = ['builds', 'starts', 'first', 'other-env', 'second', 'alone', 'third', 'robust'];
  expect(idsOf(checksOf(role))).toEqual(ids);
  expect(idsOf(chosenChecks(role, undefined))).toEqual(ids);
});

test('a check stands on earlier layers, and on those before it with the same fixture', () => {
  const chosen = ['builds', 'starts', 'first', 'second', 'third'];
  expect(idsOf(chosenChecks(role, 'third'))).toEqual(chosen);
});

test('a check with a fixture of its own stands on earlier layers alone', () => {
  expect(idsOf(chosenChecks(role, 'alone'))).toEqual(['builds', 'starts', 'first', 'alone']);
});

test('a check that the role does not have is refused, with those that it has', () => {
  expect(() => chosenChecks(role, 'fourth')).toThrow(
    'There is no check "fourth" of tester: there are builds, starts, first,',
  );
});
