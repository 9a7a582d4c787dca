import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isFrom, isGone, sourceOf } from './image-source.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'socketlab-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

test('an image is from the folder that it was built from', () => {
  const [one, other] = [folder(), folder()];
  expect([isFrom(sourceOf(one), one), isFrom(sourceOf(one), other)]).toEqual([true, false]);
  expect(isGone(sourceOf(one))).toBe(false);
});

test('a folder that was removed is gone, also if another one has its path', () => {
  const one = folder();
  const source = sourceOf(one);
  renameSync(one, `${one}-moved`);
  expect(isGone(source)).toBe(true);
  mkdirSync(one);
  expect([isGone(source), isFrom(source, one)]).toEqual([true, false]);
  rmSync(`${one}-moved`, { recursive: true });
});

test('of a folder that another container has nothing is known, although the path is not there', () => {
  const one = folder();
  const elsewhere = sourceOf(one).replace(/^([^:]*):\d+/, '$1:4026530000');
  const before = sourceOf(one).replace(/^[^:]*/, 'another-boot');
  rmSync(one, { recursive: true });
  expect([isGone(elsewhere), isGone(before)]).toEqual([false, false]);
});

test.each(['', 'runner:/no/such/folder', '/no/such/folder'])(
  'the label "%s" proves nothing',
  (label) => {
    const here = folder();
    expect([isGone(label), isFrom(label, here)]).toEqual([false, false]);
  },
);
