import { expect, test } from 'vitest';
import { letterIn } from './ask.ts';

test.for(['b', ' B ', 'b)', 'b.', 'b) 1', 'b) the end of the stream'])(
  '%j is a prediction',
  (typed) => expect(letterIn(typed)).toBe('b'),
);

test.for(['', '?', '2', 'both', 'a packet', 'ab', 'e'])('%j is none', (typed) =>
  expect(letterIn(typed)).toBeUndefined(),
);
