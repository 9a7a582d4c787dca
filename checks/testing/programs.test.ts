import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROGRAMS, shortForm, testPrograms } from './programs.ts';

const programs = testPrograms();

test('the first line of each program says what is wrong, or that it is right', async () => {
  for (const { file, finding } of programs) {
    const [line] = (await readFile(join(PROGRAMS, file), 'utf8')).split('\n');
    expect(line).toMatch(finding ? /^(#|\/\/) Wrong: .+\.$/ : /^(#|\/\/) Right: .+\.$/);
  }
});

test('each role has at least ten wrong programs and four right ones', () => {
  for (const all of Map.groupBy(programs, ({ role }) => role).values()) {
    const wrong = all.filter(({ finding }) => finding !== undefined);
    expect(wrong.length).toBeGreaterThanOrEqual(10);
    expect(all.length - wrong.length).toBeGreaterThanOrEqual(4);
  }
});

test('the short form has programs that fail early, and of servers one that fails late and a right one', () => {
  const few = shortForm(programs);
  expect(few.length).toBeGreaterThan(20);
  for (const [role, all] of Map.groupBy(few, (one) => one.role)) {
    const right = all.filter(({ finding }) => finding === undefined);
    expect(right).toHaveLength(role.endsWith('server') ? 1 : 0);
    expect(all.length).toBeGreaterThan(1);
  }
});
