import { expect, test } from 'vitest';
import { at, passes } from '../timeline/testing/by-hand.ts';
import { there } from '../timeline/testing/connection.ts';
import { timelineOf } from '../timeline/testing/recorded.ts';
import { sentenceOf, titleOf } from './testing/words-of.ts';

test('titles take 40 columns at most', () => {
  const data = there(0, { flags: 'PA', seq: 1, ack: 1, data: '\u001b[2J'.repeat(50) });
  const [step] = timelineOf(passes(data)).steps;
  expect(titleOf(step)?.length).toBeLessThanOrEqual(40);
  expect(titleOf(step)).toContain('"\\x1b[2J');
});

const LOSS = { kind: 'loss', percent: 40 } as const;

test('the sentence of a fault says whose packets it is for', () => {
  const fault = { kind: 'fault', host: 'h2', fault: 'loss-1', settings: LOSS } as const;
  const sentences = timelineOf([
    { ...fault, atNs: at(0), from: 'h1', change: 'applied' },
    { ...fault, atNs: at(1), change: 'healed' },
  ]).steps.map(sentenceOf);
  expect(sentences).toEqual([
    'A fault begins on the path from h1 to h2: loss 40 %.',
    'The fault on the path to h2 has ended: loss 40 %.',
  ]);
});
