import { expect, test } from 'vitest';
import { sweptText } from './swept-text.ts';

const removed = [
  { kind: 'network', name: 'socketlab-1', why: 'owner-ended' },
  { kind: 'rules', name: 'tcp-server', why: 'wire-killed' },
] as const;

test('a sweep says what it has removed, and why, a line each', () => {
  expect(sweptText({ removed, unknown: [] }, {})).toBe(
    `removed network socketlab-1: the process that created it has ended
removed the rules of a wire in tcp-server: the program of a fault was killed`,
  );
});

test('a dry run says what a sweep would remove', () => {
  const lines = sweptText({ removed, unknown: [] }, { dryRun: true }).split('\n');
  expect(lines.map((line) => line.split(' ', 2).join(' '))).toEqual([
    'would remove',
    'would remove',
  ]);
});

test('a lab whose process is not seen is named, and left', () => {
  const lines = sweptText({ removed: [], unknown: ['socketlab-2'] }, {}).split('\n');
  expect(lines[0]).toBe('nothing was left');
  expect(lines[1]).toMatch(
    /^left network socketlab-2 and its hosts: their process is not seen from here/,
  );
});
