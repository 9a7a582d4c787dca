import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { type Exercise, nameOf } from '../../exercises/exercise.ts';
import { exerciseNumbered, exercises } from '../../exercises/exercises.ts';
import { afterQuestions, pageText } from './page-text.ts';

const pageOf = ({ folder }: Exercise) => readFileSync(join(folder, 'README.md'), 'utf8');

const textOf = (exercise: Exercise, home = 'my-exercises') =>
  pageText(pageOf(exercise), exercise, resolve(home, nameOf(exercise)));

test.for(exercises.map((exercise) => ({ name: nameOf(exercise), exercise })))(
  'the page of $name fits the terminal, and names the solution where it is',
  ({ name, exercise }) => {
    for (const home of ['my-exercises', 'course/of/this/winter']) {
      const text = textOf(exercise, home);
      expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(text).not.toMatch(/\]\(/);
      expect(text).toContain(`${home}/${name}/`);
      expect(text).toContain(`exercises/${name}/solution`);
    }
    expect(textOf(exercise, 'mine')).not.toContain('my-exercises');
  },
);

test('other exercises are named by their numbers, and websites by their addresses', () => {
  expect(textOf(exerciseNumbered('11'))).toContain('exercises 3 and\n4.');
  expect(textOf(exerciseNumbered('10'))).toContain(
    'how to turn it on (https://docs.docker.com/engine/daemon/ipv6/)',
  );
});

test('after the questions comes what is to be done by hand, or to be written', () => {
  expect(afterQuestions(pageOf(exerciseNumbered('9')))).toBe('By hand');
  expect(afterQuestions(pageOf(exerciseNumbered('1')))).toBe('Write');
});
