import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../checks/check.ts';
import { reportOf, result } from '../../checks/report/testing/reports.ts';
import { KeptResults } from './kept-results.ts';

const [expected, received] = [Buffer.from('Hello\n'), Buffer.from([0xff, 0])];
const finding = { code: 'odd', did: 'looked', bytes: { expected, received } };
const report: Report = reportOf(result('passed'), { ...result('failed'), finding });

const temp = () => mkdtempDisposable(join(tmpdir(), 'socketlab-kept-'));

test('what was kept is found again by its key, with its bytes and its seed', async () => {
  await using folder = await temp();
  const file = join(folder.path, 'graded.jsonl');
  const first = await KeptResults.open(file, false);
  expect(first.seed).toBeUndefined();
  await first.keep('key', report);
  const again = await KeptResults.open(file, false);
  expect(again.find(report.program, 'key')).toEqual(report);
  expect(again.find(report.program, 'other key')).toBeUndefined();
  expect(again.seed).toBe(report.seed);
  const anew = await KeptResults.open(file, true);
  expect(anew.find(report.program, 'key')).toBeUndefined();
});

test('a result whose writing was cut short is not kept, and does not spoil those before and after', async () => {
  await using folder = await temp();
  const file = join(folder.path, 'graded.jsonl');
  await (await KeptResults.open(file, false)).keep('first', { ...report, program: 'alice' });
  await (await KeptResults.open(file, false)).keep('cut', { ...report, program: 'bob' });
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, -20));
  await (await KeptResults.open(file, false)).keep('last', { ...report, program: 'carol' });
  const kept = await KeptResults.open(file, false);
  const found = { alice: 'first', bob: 'cut', carol: 'last' };
  const isKept = Object.entries(found).map(([name, key]) => kept.find(name, key) !== undefined);
  expect(isKept).toEqual([true, false, true]);
});
