/** Every exercise can be done: its starters fail where they should, its solutions pass, and its questions have the answers they say. */
import { cp, mkdtempDisposable } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Language, languages, nameOf } from '../exercises/exercise.ts';
import { exerciseNumbered, exercises } from '../exercises/exercises.ts';
import { gradeCopy } from '../exercises/grade-copy.ts';
import { Look } from '../exercises/look/look.ts';
import { Slots } from '../lab/util/slots.ts';
import { commandLine } from './support/command-line.ts';

const areAll = process.env['ALL_EXERCISES'] !== undefined;
if (!areAll)
  console.log(
    'starters in TypeScript, solutions but the first, and questions but those of the first exercise are tried with ALL_EXERCISES=1',
  );
/** Each has several hosts at work. Those of the short form have other tests beside them. */
const slots = new Slots(2);
const inTurn = areAll ? test.concurrent : test;

const first = exerciseNumbered('1');
const inLanguages = (some: readonly Language[]) =>
  exercises.flatMap((exercise) =>
    some.map((language) => ({ name: nameOf(exercise), exercise, language })),
  );

inTurn.for(inLanguages(areAll ? languages : ['python']))(
  'the starter of $name in $language fails at one check, for one reason',
  async ({ exercise, language }, { expect }) => {
    const folder = join(exercise.folder, 'starter', language);
    const { report } = await slots.take(() => gradeCopy({ exercise, folder }));
    const failed = report.results.filter(({ verdict }) => verdict === 'failed');
    const found = failed.map(({ check, finding }) => ({ check: check.id, code: finding?.code }));
    expect(found, report.why).toEqual([exercise.startersFail]);
  },
);

inTurn.for(areAll ? inLanguages(languages) : [])(
  'the solution of $name in $language passes',
  async ({ exercise, language }, { expect }) => {
    const folder = join(exercise.folder, 'solution', language);
    const { report } = await slots.take(() => gradeCopy({ exercise, folder }));
    expect(report).toMatchObject({ verdict: 'passed' });
  },
);

/** Programs that are wrong as learners are, and that only a check of the exercise finds. */
const wrongs = [
  { number: '9', file: 'one-limit.py', check: 'pauses', code: 'other-exit-code' },
  { number: '9', file: 'never-cleared.js', check: 'pauses', code: 'other-exit-code' },
  { number: '11', file: 'disconnects.js', check: 'slow-reader', code: 'disconnected' },
];

inTurn.for(areAll ? wrongs : [])(
  '$file of exercise $number fails at $check',
  async ({ number, file, check, code }, { expect }) => {
    const exercise = exerciseNumbered(number);
    const folder = join(exercise.folder, 'testing', file);
    const { report } = await slots.take(() => gradeCopy({ exercise, folder }));
    const failed = report.results.filter(({ verdict }) => verdict === 'failed');
    const found = failed.map((one) => ({ check: one.check.id, code: one.finding?.code }));
    expect(found, report.why).toEqual([{ check, code }]);
  },
);

const asked = (areAll ? exercises : []).map((exercise) => ({
  name: nameOf(exercise),
  questions: exercise.questions,
}));

inTurn.for(asked)(
  'what is seen answers the questions of $name as its page explains them',
  async ({ questions }, { expect }) => {
    const look = new Look(new AbortController().signal);
    for (const { text, scene, read, answer } of questions) {
      const seen = await slots.take(() => look.at(scene));
      expect(read(seen), text).toBe(answer);
    }
  },
);

test('the questions of an exercise are answered at the command line, which then ends', async () => {
  const looked = await slots.take(() => commandLine('none', 'exercise', 'look', '1', '--json'));
  expect(looked).toMatchObject({ exitCode: 0, stderr: '' });
  const answers = first.questions.map(({ text, answer }) => ({ question: text, answer }));
  expect(JSON.parse(looked.stdout)).toMatchObject(answers);
});

test('a working copy with the solution in it passes, and the list says so', async () => {
  await using home = await mkdtempDisposable(join(tmpdir(), 'socketlab-exercises-'));
  const into = ['--into', home.path];
  const begun = await commandLine('none', 'exercise', '1', ...into);
  expect(begun.stdout).toContain(`# Exercise 1: ${first.title}`);
  const copy = join(home.path, nameOf(first));
  await cp(join(first.folder, 'solution/python'), copy, { recursive: true });
  const checked = await slots.take(() => commandLine('none', 'exercise', 'check', copy));
  expect(checked).toMatchObject({ exitCode: 0, stderr: '' });
  expect(checked.stdout).toMatch(/(\d+) of \1 checks passed[\s\S]*Exercise 1 is passed\./);
  const list = await commandLine('none', 'exercise', ...into);
  expect(list.stdout).toMatch(new RegExp(`${first.title} .* passed`));
});
