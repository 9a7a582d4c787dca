import { expect, test } from 'vitest';
import type { CallEvent } from '../../lab/index.ts';
import { leftChild } from './left-child.ts';

const accept = (id: number, pid: number, stage: CallEvent['stage']): CallEvent => ({
  ...{ kind: 'call', atNs: '1', host: 'program', id, stage, process: { pid } },
  ...{ call: 'accept', arguments: {} },
});

test('a child that waits in a call when the program has ended is left behind', () => {
  expect(leftChild([accept(1, 9, 'waiting')], [7])).toBe(true);
});

test('a thread of the program itself is not', () => {
  expect(leftChild([accept(1, 7, 'waiting')], [7])).toBe(false);
});

test('nor is a child whose calls have returned', () => {
  expect(leftChild([accept(1, 9, 'waiting'), accept(1, 9, 'returned')], [7])).toBe(false);
});
