import { expect, test } from 'vitest';
import { hasGivenUp } from './stops.ts';

const alone = { exitCode: 1, lifeMs: 5000 };

test.each([
  ['that ended as it does without a signal, and as late, has given up', 1, 4900, true],
  ['that gave up later than without a signal has given up', 1, 5200, true],
  ['that ended as soon as the signal came has not given up', 1, 300, false],
  ['that ended with an exit code of its own has not given up', 2, 4900, false],
])('a client %s', (_, exitCode, lifeMs, expected) => {
  expect(hasGivenUp({ exitCode, lifeMs }, alone, 1000)).toBe(expected);
});

test('a client that never gives up has not given up', () => {
  expect(hasGivenUp({ exitCode: 1, lifeMs: 300 }, {}, 1000)).toBe(false);
});

test('however slow the machine is, a client that lived half as long as without a signal has not given up', () => {
  expect(hasGivenUp({ exitCode: 1, lifeMs: 2000 }, alone, 25_000)).toBe(false);
  expect(hasGivenUp({ exitCode: 1, lifeMs: 4000 }, alone, 25_000)).toBe(true);
});
