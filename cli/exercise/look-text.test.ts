import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import type { Question } from '../../exercises/look/question.ts';
import { Seen } from '../../exercises/look/seen.ts';
import { call, passes } from '../../lab/timeline/testing/by-hand.ts';
import { there } from '../../lab/timeline/testing/connection.ts';
import { typed } from '../typed.ts';
import { answerText, nextText, questionText, seenText } from './look-text.ts';

const { questions } = exerciseNumbered('1');

test('a question is shown with its choices, in lines of at most 80 columns', () => {
  for (const [n, question] of questions.entries()) {
    const lines = questionText(question, n + 1).split('\n');
    expect(lines[0]).toMatch(new RegExp(`^${n + 1}\\. `));
    expect(lines.filter((line) => /^[a-d]\) /.test(line)).length).toBeGreaterThan(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  }
});

test('a prediction is judged, and none is where nobody was asked', () => {
  const [question] = questions as [Question, ...Question[]];
  const { choices, answer, explanation } = question;
  const [first, , ...why] = answerText(question, answer, answer).split('\n');
  expect(first).toBe(`Right: ${answer}) ${choices[answer]}`);
  expect(why.join(' ')).toBe(explanation);
  expect(answerText(question, answer, 'a')).toMatch(/^No: b\) /);
  expect(answerText(question, answer, undefined)).toMatch(/^b\) /);
});

test('after the last question comes the program: to be begun, or to be checked where it is', () => {
  const page = '## Predict, then look\n\n## By hand\n';
  const next = 'That was the last question. Next on the page: "By hand".';
  const texts = [undefined, resolve('my exercises/09')].map((copy) =>
    nextText(exerciseNumbered('9'), page, copy).replaceAll(/\s+/g, ' '),
  );
  expect(texts).toEqual([
    `${next} This makes a program to begin with, and shows the page: ${typed('exercise 9')}`,
    `${next} Your program is in my exercises/09, and this checks it: ${typed("exercise check 'my exercises/09'")}`,
  ]);
});

test('all hosts have a column from the first line on, and the gateway of their network has none', () => {
  const addresses = new Map([
    ['h2', '10.0.0.2'],
    ['h1', '10.0.0.1'],
  ]);
  const events = [
    call('h2', 0, { call: 'listen', arguments: { backlog: 5 } }),
    ...passes(there(9000, { flags: 'S' })),
    ...passes({ ...there(9500), from: '10.0.0.254:67' }),
  ];
  const [question] = questions as [Question, ...Question[]];
  const text = seenText({ ...question, shows: () => true }, new Seen(events, addresses));
  expect(text.match(/^ seconds +(.*)$/gm)).toEqual([expect.stringMatching(/^ seconds h1 +h2$/)]);
  expect(text).toMatch(/SYN ─+▶/);
  expect(text).not.toContain('254');
});
