import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the API reference has all that the package exports: if not, run "npm run api"', () => {
  const reference = read('api/index.md');
  const lists = [...read('../lab/index.ts').matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
  const names = lists.flatMap(([, list = '']) => list.replaceAll('type ', '').match(/\w+/g) ?? []);
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !new RegExp(`^### ${name}\\b`, 'm').test(reference))).toEqual([]);
});
