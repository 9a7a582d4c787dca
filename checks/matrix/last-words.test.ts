import { expect, test } from 'vitest';
import { lastWords } from './last-words.ts';

const long = 'word '.repeat(100);

test.each([
  ['the last line', 'Traceback:\nOSError: no route\n', 'OSError: no route'],
  [
    'the message of a log',
    '{"level":"error","time":"…","msg":"Connection refused"}',
    'Connection refused',
  ],
  ['the message, where that is its name', '{"message":"refused"}', 'refused'],
  ['JSON that is no log', '{"a":1}', '{"a":1}'],
  ['a brace that begins no JSON', '{oops', '{oops'],
  ['a part of a long line, cut between two words', long, `${'word '.repeat(24)}…`],
  ['a part of a long word', 'x'.repeat(200), `${'x'.repeat(120)} …`],
  ['nothing', '', ''],
])('the last words of a program are %s', (_what, printed, words) => {
  const [stdout, stderr] = [Buffer.from(printed), Buffer.alloc(0)];
  expect(lastWords({ stdout, stderr })).toBe(words);
  expect(lastWords({ stdout: Buffer.from('before'), stderr: stdout })).toBe(words || 'before');
});
