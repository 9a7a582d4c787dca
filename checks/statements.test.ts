/** What is written of checks in docs/protocol.md is what they are. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checksOf } from './checks-of.ts';
import { diskMiB, limits } from './program/limits.ts';
import { roles } from './roles/roles.ts';

const page = readFileSync(new URL('../docs/protocol.md', import.meta.url), 'utf8');
const numbersAt = (pattern: RegExp) => Array.from(page.matchAll(pattern), ([, number]) => number);

const stated = numbersAt(/^- \*\*([A-Z]\d)\*\*/gm);
const withoutCheck = numbersAt(/^\| ([A-Z]\d) \|/gm);
const checked = new Set(
  Object.values(roles)
    .flatMap(checksOf)
    .map(({ statement }) => statement),
);

test('each statement of the protocols has a check, or it is said why it has none', () => {
  expect([...checked, ...withoutCheck].toSorted()).toEqual(stated.toSorted());
});

test('the resources of a program are those that are written down', () => {
  const { memoryMiB, processes, fileMiB } = limits;
  expect(page).toContain(`| memory | ${memoryMiB} MiB, without swap |`);
  expect(page).toContain(`| processes and threads | ${processes} at the same time |`);
  expect(page).toContain(`| a file that it writes | ${fileMiB} MiB |`);
  expect(page).toContain(`| all its files on the disk | ${diskMiB} MiB |`);
});
