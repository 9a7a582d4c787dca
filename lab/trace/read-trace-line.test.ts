import { expect, test } from 'vitest';
import { Lines } from '../util/lines.ts';
import { readTraceLine } from './read-trace-line.ts';

test('a line that is too long to be kept whole is counted as missed, and does not keep others from being read', () => {
  const long = JSON.stringify({ process: { pid: 1, name: '\u0001'.repeat(20_000) } });
  const lines = new Lines().push(`{"traced":[1]}\n${long}\n{"missed":2}\n`);
  expect(lines.map(readTraceLine)).toEqual([{ traced: [1] }, { missed: 1 }, { missed: 2 }]);
});
