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

test('the short form has each code of the long one, and a right program of each role', () => {
  const few = shortForm(programs);
  const codes = (all: typeof programs) =>
    new Set(all.map(({ role, finding }) => finding?.code ?? role));
  expect(codes(few)).toEqual(codes(programs));
  expect(few).toHaveLength(codes(programs).size);
});
