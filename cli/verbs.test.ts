import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the shell script knows every verb of the command line, and its help names it', () => {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const verbs = Array.from(read('main.ts').matchAll(/^ {4}(\w+): async/gm), ([, verb]) => verb);
  expect(verbs.length).toBeGreaterThan(8);
  const script = read('../socketlab');
  const [, dispatched = ''] = /^ {2}([\w |]+)\) instrument /m.exec(script) ?? [];
  expect(dispatched.split(' | ').toSorted()).toEqual(verbs.toSorted());
  for (const verb of verbs) expect(script).toMatch(new RegExp(`^ {2}${verb} {2}`, 'm'));
});
