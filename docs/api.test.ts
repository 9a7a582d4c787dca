import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The pages of the reference, by what is imported: if they are not as the code is, run "npm run api". */
const pages = [
  ['socketlab', '../lab/index.ts'],
  ['socketlab/vitest', '../lab/vitest.ts'],
  ['socketlab/checks', '../checks/index.ts'],
] as const;

test.each(pages)('the API reference has all that %s exports', (page, source) => {
  const reference = read(`api/${page}.md`);
  const lists = [...read(source).matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
  const names = lists.flatMap(([, list = '']) => list.replaceAll('type ', '').match(/\w+/g) ?? []);
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((name) => !new RegExp(`^### ${name}\\b`, 'm').test(reference))).toEqual([]);
});

test.each(pages)('each parameter and field of %s has a description', (page) => {
  const rows = read(`api/${page}.md`).match(/^\| .*\|$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter((row) => row.endsWith('| - |'))).toEqual([]);
});
