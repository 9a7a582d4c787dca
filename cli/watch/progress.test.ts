import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

test('a slow start reports its progress now and then', () => {
  const lines: string[] = [];
  const progress = new Progress((line) => lines.push(line), 0);
  for (let watched = 1; watched <= 200; watched += 1) progress.made(watched, 200, watched * 100);
  expect(lines).toEqual([
    'watching 30 of 200 hosts so far',
    'watching 80 of 200 hosts so far',
    'watching 130 of 200 hosts so far',
    'watching 180 of 200 hosts so far',
  ]);
});
