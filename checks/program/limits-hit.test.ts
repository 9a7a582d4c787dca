import { expect, test } from 'vitest';
import { withLimitsHit } from './limits-hit.ts';

const none = { memory: 0, processes: 0 };
const finding = { code: 'no-echo', did: 'sent a datagram' };

test('a limit that was hit meanwhile is the cause of what was found', () => {
  const found = withLimitsHit({ ...finding, found: 'no echo' }, none, { ...none, processes: 3 });
  expect(found).toMatchObject({ code: 'too-many-processes', did: finding.did });
  expect(found.found).toMatch(/^no echo; the program wanted more than 300 processes/);
});

test('a limit that was hit before is not', () => {
  const before = { memory: 1, processes: 7 };
  expect(withLimitsHit(finding, before, before)).toEqual(finding);
});

test('a limit that was hit before, and once more meanwhile, is', () => {
  const found = withLimitsHit(finding, { ...none, memory: 1 }, { ...none, memory: 2 });
  expect(found.code).toBe('out-of-memory');
});

test('advice is no failure, and has no cause', () => {
  const advice = { ...finding, isAdvice: true } as const;
  expect(withLimitsHit(advice, none, { ...none, memory: 1 })).toEqual(advice);
});
