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

test('the short form has programs of both servers, each for a check of its own', () => {
  const few = shortForm(programs);
  expect(few.length).toBeGreaterThan(4);
  expect(new Set(few.map(({ role }) => role)).size).toBe(2);
  expect(new Set(few.map(({ role, finding }) => `${role} ${finding?.check}`)).size).toBe(
    few.length,
  );
});
