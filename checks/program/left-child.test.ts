import { expect, test } from 'vitest';
import type { CallEvent } from '../../lab/index.ts';
import { leftChild } from './left-child.ts';

const accept = (id: number, pid: number, stage: CallEvent['stage']): CallEvent => ({
  ...{ kind: 'call', atNs: '1', host: 'program', id, stage, process: { pid } },
  ...{ call: 'accept', arguments: {} },
});

const trace = { firstProcesses: [7], killedProcesses: [7] };

test('a child that waits in a call when the program has ended is left behind', () => {
  expect(leftChild([accept(1, 9, 'waiting')], trace)).toBe(true);
});

test('a thread of the program itself is not', () => {
  expect(leftChild([accept(1, 7, 'waiting')], trace)).toBe(false);
});

test('nor is a child whose calls have returned', () => {
  expect(leftChild([accept(1, 9, 'waiting'), accept(1, 9, 'returned')], trace)).toBe(false);
});

test('a child that is killed with its host is left behind, whether or not it has made a call', () => {
  expect(leftChild([], { firstProcesses: [7], killedProcesses: [7, 9] })).toBe(true);
});
