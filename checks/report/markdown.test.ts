import { expect, test } from 'vitest';
import { markdown } from './markdown.ts';
import { notGraded, reportOf, result } from './testing/reports.ts';

test('a table of all checks comes first, then what was found, as it is', () => {
  const report = reportOf(result('passed'), result('failed', 'RST'), result('not-reached'));
  expect(
    markdown(report, () => 'did       connected'),
  ).toBe(`### ❌ \`a & <b>/\` as tcp-server: 1 of 3 checks passed

| | statement | the program |
| --- | --- | --- |
| ✅ | T1 | is passed |
| ❌ | T1 | is failed |
| – | T1 | is not-reached |

\`\`\`text
did       connected
\`\`\`

Seed: \`5eed\`
`);
});

test('advice counts as passed, as it does in the text and in points', () => {
  const report = reportOf(result('passed'), result('advice', 'RST'));
  expect(markdown(report, () => '')).toContain('2 of 2 checks passed');
});

test('what a program has printed cannot end the block that it is shown in', () => {
  const text = '```\n<img src=x>\n````\n';
  expect(markdown(reportOf(result('failed', 'x')), () => text)).toContain(
    `\`\`\`\`\`text\n${text}\n\`\`\`\`\`\n`,
  );
});

test('a program whose name has backticks is shown by its name', () => {
  const report = { ...reportOf(result('passed')), program: '`a``b' };
  expect(markdown(report, () => '')).toContain('### ✅ ``` `a``b ``` as tcp-server');
});

test('why a program could not be graded is all that is said of it', () => {
  expect(markdown(notGraded, () => '')).toBe(
    '### ❔ `a & <b>/` as tcp-server: could not be graded\n\n```text\nthe machine is too busy\n```\n',
  );
});
