import { expect, test } from 'vitest';
import type { FaultStatus } from '../../model/wire-status.ts';
import { achievedText, pathText } from './fault-text.ts';

function status(settings: object, counters: object, more: object = {}): FaultStatus {
  return { settings, counters, achieved: {}, waiting: 0, ...more } as FaultStatus;
}

test.each([
  [status({ kind: 'loss' }, { matched: 14, lost: 4 }), '28.6 % of 14 packets lost'],
  [status({ kind: 'partition' }, { matched: 1, lost: 1 }), '100 % of 1 packet lost'],
  [status({ kind: 'loss' }, { matched: 0, lost: 0 }), 'none of 0 packets lost'],
  [
    // Those that were kept back are more than those that were overtaken.
    status({ kind: 'reorder' }, { matched: 10, delayed: 5, reordered: 2 }),
    '20 % of 10 packets overtaken',
  ],
  [
    status({ kind: 'delay' }, { matched: 3 }, { achieved: { meanDelayMs: 50.04 } }),
    '50 ms on average, of 3 packets',
  ],
  [
    status(
      { kind: 'delay' },
      { matched: 3 },
      { achieved: { meanDelayMs: 51, minDelayMs: 31.26, maxDelayMs: 70 } },
    ),
    '51 ms on average, 31.3 to 70, of 3 packets',
  ],
  [
    status({ kind: 'delay' }, { matched: 9, lost: 4 }, { achieved: { meanDelayMs: 50 } }),
    '50 ms on average, of 9 packets; 4 lost, as too much was kept back',
  ],
  [status({ kind: 'hold' }, { matched: 3 }, { waiting: 2 }), '2 of 3 packets wait'],
])('%j is described as %s', (of, words) => {
  expect(achievedText(of)).toBe(words);
});

test('the path of a fault is described by the names of both hosts, or of the one that is known', () => {
  expect(pathText({ from: 'client', host: 'server' })).toBe('client -> server');
  expect(pathText({ host: 'server' })).toBe('server');
});
