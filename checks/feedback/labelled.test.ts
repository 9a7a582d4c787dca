import { expect, test } from 'vitest';
import { labelled } from './labelled.ts';

test('a short text stands beside its label', () => {
  expect(labelled('found', 'nothing')).toEqual(['found     nothing']);
});

test('a long text continues below itself, and no line is longer than 80 columns', () => {
  const lines = labelled('usually', 'the quick brown fox '.repeat(10).trim());
  expect(lines.length).toBe(3);
  expect(lines[1]).toMatch(/^ {10}\S/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test('a word that is too long for a line is not cut', () => {
  const path = `/${'x'.repeat(100)}`;
  expect(labelled('found', `in ${path} there`)).toEqual([
    'found     in',
    `          ${path}`,
    '          there',
  ]);
});

test('a word that is too long for a line stands beside the label where it is the first', () => {
  const path = `/${'x'.repeat(100)}`;
  expect(labelled('again', path)).toEqual([`again     ${path}`]);
});
