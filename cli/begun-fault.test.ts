import { expect, test } from 'vitest';
import type { FaultReport, FaultSettings } from '../lab/index.ts';
import { othersOnPath } from './begun-fault.ts';

function fault(id: string, [from, to]: [string, string], settings: FaultSettings): FaultReport {
  return { id, directions: [{ from, to, status: { settings } as never }] };
}

const loss = fault('loss-1a2b', ['a', 'b'], { kind: 'loss', percent: 30 });

test('a fault on a path that has one already is said to be the second', () => {
  const delay = fault('delay-3c4d', ['a', 'b'], { kind: 'delay', delayMs: 200 });
  expect(othersOnPath(delay, [loss, delay])).toEqual([
    'another fault is on this path too, and packets meet all of them: loss-1a2b (loss 30 %)',
  ]);
});

test('one of two directions is enough, and a fault of the other direction is not on the path', () => {
  const back = fault('hold-5e6f', ['b', 'a'], { kind: 'hold' });
  expect(othersOnPath(back, [loss, back])).toEqual([]);
  const both = { ...back, directions: [...back.directions, ...loss.directions] } as FaultReport;
  expect(othersOnPath(loss, [loss, both])).toHaveLength(1);
});
