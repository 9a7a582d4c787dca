import { expect, test } from 'vitest';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import type { Question } from '../../exercises/look/question.ts';
import { answerText, questionText } from './look-text.ts';

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
