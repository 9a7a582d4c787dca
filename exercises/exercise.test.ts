import { expect, test } from 'vitest';
import type { Check } from '../checks/check.ts';
import { type Exercise, roleOf } from './exercise.ts';
import { exerciseNumbered } from './exercises.ts';

const first = exerciseNumbered('1');

function check(id: string): Check<unknown> {
  const finding = { code: 'could-be-better', did: 'looked', isAdvice: true } as const;
  const about = { statement: 'X1', title: 'is good', why: 'It is.', layer: 'speaks' } as const;
  return { ...about, id, run: async () => finding };
}

const role = { ...first.role, checks: [check('one'), check('two'), check('three')] };
const exercise: Exercise = { ...first, role, checks: ['one', 'two'], required: ['two'] };

test('an exercise has the checks that it chooses, and what it requires is no mere advice', async () => {
  const findings = roleOf(exercise).checks.map(async ({ id, run }) => [id, await run({})]);
  expect(await Promise.all(findings)).toEqual([
    ['one', { code: 'could-be-better', did: 'looked', isAdvice: true }],
    ['two', { code: 'could-be-better', did: 'looked' }],
  ]);
});

test('what is checked last stands on all that is checked before', () => {
  const { checks } = roleOf({ ...exercise, last: ['two'] });
  expect(checks.map(({ id, layer }) => [id, layer])).toEqual([
    ['one', 'speaks'],
    ['two', 'stops'],
  ]);
});

test('a check that the role does not have is refused', () => {
  expect(() => roleOf({ ...exercise, checks: ['one', 'four'] })).toThrow(RangeError);
});
