/** The role of docs/writing-checks.md, a teacher's own, is checked as ours are. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { check } from '../checks/index.ts';
import { role } from '../docs/examples/reverse-server.ts';
import { commandLine } from './support/command-line.ts';

const EXAMPLES = 'docs/examples';

test('a program that is right in a role of its own passes, by the command line', async () => {
  const files = [`${EXAMPLES}/reverse-server.ts`, `${EXAMPLES}/reverse.py`];
  const end = await commandLine('none', 'check', ...files);
  expect(end.stdout).toMatch(/as reverse-server: 6 of 6 checks passed/);
  expect(end.exitCode).toBe(0);
});

test('a wrong one is told so by the checks and hints of that role, and at its own call', async () => {
  const { report } = await check(role, `${EXAMPLES}/reverse-wrong.py`);
  const failed = report.results.find(({ verdict }) => verdict === 'failed');
  expect(failed).toMatchObject({ check: { id: 'reverses' }, finding: { code: 'other-bytes' } });
  expect(failed?.hint).toContain('the newline is reversed with the line');
  expect(failed?.wrong).toMatchObject({ kind: 'wrong-byte', before: 0 });
});

test('the check in docs/writing-checks.md is that of the example', async () => {
  const page = await readFile('docs/writing-checks.md', 'utf8');
  const [, quoted = 'nothing'] = /```ts\n(const reverses[\s\S]*?)```/.exec(page) ?? [];
  expect(await readFile(`${EXAMPLES}/reverse-server.ts`, 'utf8')).toContain(quoted);
});
