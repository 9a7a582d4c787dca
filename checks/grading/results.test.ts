import { expect, test } from 'vitest';
import { at, call } from '../../lab/timeline/testing/by-hand.ts';
import { builds } from './program-checks.ts';
import { isFailure, resultsOf } from './results.ts';

const msAt = (ms: number) => Number(BigInt(at(ms)) / 1_000_000n);

test('all findings of a run tell their times from the first call of the program, in whichever instance', () => {
  const events = [
    call('peer', 1, { call: 'socket' }),
    call('program', 20, { call: 'socket' }),
    call('program-2', 300, { call: 'socket' }),
  ];
  const checks = ['first', 'second'].map((id) => ({ ...builds, id }));
  const outcomes = [
    { id: 'first', hosts: ['program'], endedMs: msAt(100) },
    { id: 'second', hosts: ['program-2'], endedMs: msAt(400) },
  ].map((one) => ({ ...one, beganMs: 0, finding: { code: 'odd', did: 'looked' } }));
  const results = resultsOf(checks, outcomes, events);
  expect(results.map(({ sinceNs }) => sinceNs)).toEqual([at(20), at(20)]);
});

const outcome = { id: 'builds', hosts: [], beganMs: 0, endedMs: 1 };
const resultOf = (code: string, more: { isAdvice?: true } = {}) =>
  resultsOf([builds], [{ ...outcome, finding: { code, did: 'looked', ...more } }], [])[0];

test('a check gives its own hint, and what may be found in any check has a hint for all', () => {
  expect(resultOf('does-not-build')?.hint).toContain('a typo');
  expect(resultOf('program-ended')?.hint).toContain('an error that nobody handles');
  expect(resultOf('odd')?.hint).toBeUndefined();
});

test('advice is no failure', () => {
  expect(resultOf('odd')?.verdict).toBe('failed');
  expect(resultOf('odd', { isAdvice: true })?.verdict).toBe('advice');
  expect(isFailure({ finding: { code: 'odd', did: 'looked', isAdvice: true } })).toBe(false);
});

test('a check that was not run was not reached', () => {
  expect(resultsOf([builds], [], [])).toMatchObject([{ verdict: 'not-reached', tookMs: 0 }]);
});
