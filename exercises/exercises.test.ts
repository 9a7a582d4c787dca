/** Whoever reads an exercise finds what it promises; that it also works is shown in `integration/exercises.test.ts`. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { languages, nameOf, numberOf, roleOf } from './exercise.ts';
import { exercises } from './exercises.ts';

test('every folder of an exercise is in the list, in the order of their numbers', () => {
  const folders = globSync('[0-9]*/', { cwd: import.meta.dirname }).map((path) => basename(path));
  expect(exercises.map(nameOf)).toEqual(folders.toSorted());
  expect(exercises.map(numberOf)).toEqual(exercises.map((_, index) => index + 1));
});

test('the package has every page and every program of an exercise', () => {
  const { scripts } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../package.json'), 'utf8'),
  );
  const [, copied = ''] = /cp -r --parents (.*) \.\.\/dist\/exercises/.exec(scripts.prepack) ?? [];
  const cwd = import.meta.dirname;
  const packed = globSync(copied.split(' '), { cwd });
  const isPacked = (path: string) =>
    packed.some((one) => path === one || path.startsWith(`${one}/`));
  // What is written in TypeScript, but for programs that are begun with, is compiled.
  const exclude = ['*/testing/**'];
  const files = globSync(['*/*.{py,md}', '*/*/**/*.{py,ts}'], { cwd, exclude });
  expect(files.filter((path) => !isPacked(path))).toEqual([]);
});

const named = exercises.map((exercise) => [nameOf(exercise), exercise] as const);

test.each(named)('%s has a page whose title and questions are those of its data', (_, exercise) => {
  const page = readFileSync(join(exercise.folder, 'README.md'), 'utf8');
  expect(page.split('\n')[0]).toBe(`# Exercise ${numberOf(exercise)}: ${exercise.title}`);
  expect(exercise.questions.length).toBeGreaterThan(1);
  const text = page.replaceAll(/\s+/g, ' ');
  for (const [n, { text: question, choices, answer }] of exercise.questions.entries()) {
    const lines = Object.entries(choices).map(([letter, choice]) => `- ${letter}) ${choice}`);
    expect(text).toContain([`${n + 1}. ${question}`, ...lines].join(' '));
    expect(Object.keys(choices)).toContain(answer);
  }
});

test.each(named)('%s has a page that can be read in a terminal of 80 columns', (_, { folder }) => {
  const lines = readFileSync(join(folder, 'README.md'), 'utf8').split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
});

test.each(named)('%s has a starter and a solution in each language', (_, { folder }) => {
  const mains = { python: 'main.py', typescript: 'main.ts' };
  for (const language of languages)
    for (const what of ['starter', 'solution'])
      expect(existsSync(join(folder, what, language, mains[language]))).toBe(true);
});

test.each(named)('%s is graded by checks that its role has', (_, exercise) => {
  const { checks } = roleOf(exercise);
  expect(checks.map(({ id }) => id)).toEqual(exercise.checks);
  const [failing] = checks.filter(({ id }) => id === exercise.startersFail.check);
  expect(Object.keys(failing?.hints ?? {})).toContain(exercise.startersFail.code);
  expect(exercise.checks).toEqual(expect.arrayContaining([...(exercise.required ?? [])]));
});

const overviews = { 'README.md': '', '../docs/teaching.md': '../exercises/' };

test.each(named)(
  '%s is in the list for students and in the syllabus, with its time',
  (name, exercise) => {
    const [number, { title, minutes }] = [numberOf(exercise), exercise];
    for (const [page, folder] of Object.entries(overviews)) {
      const text = readFileSync(join(import.meta.dirname, page), 'utf8');
      expect(text).toContain(
        `| ${number} | [${title}](${folder}${name}/README.md) | ${minutes} min |`,
      );
    }
  },
);
