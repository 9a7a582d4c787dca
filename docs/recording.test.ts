import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { refreshed } from './recording.ts';

const page = readFileSync(new URL('recording.md', import.meta.url), 'utf8');

test('the page on recordings describes every event and field as the code has them', () => {
  expect(page, 'Run: npx node docs/recording.ts').toBe(refreshed(page));
});

test('a type that the page leaves out, or a field that it describes otherwise, is noticed', () => {
  expect(() =>
    refreshed(page.replace(/```ts\n(?:(?!```)[\s\S])*interface LogEvent[\s\S]*?```/, '')),
  ).toThrow('Not described in recording.md: LogEvent');
  const other = page.replace('line: string;', 'text: string;');
  expect(refreshed(other)).not.toBe(other);
});
