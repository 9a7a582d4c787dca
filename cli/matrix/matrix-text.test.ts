import { expect, test } from 'vitest';
import type { Cell } from '../../checks/matrix/matrix.ts';
import { matrixPage } from './matrix-page.ts';
import { matrixText } from './matrix-text.ts';

const about = { protocol: 'TCP', server: 'alice', client: 'bob' } as const;
const found = 'the client ended with exit code 1, and printed at last: \u001b[31m<b>oops';
const failed: Cell = {
  ...about,
  verdict: 'failed',
  finding: { code: 'other-exit-code', did: 'started the client', found },
};
const cells: readonly Cell[] = [
  { ...about, client: 'alice', verdict: 'passed' },
  failed,
  { ...about, protocol: 'UDP', verdict: 'not-graded', why: 'no image' },
];

test('each protocol has a table, and each pair that fails a line', () => {
  expect(matrixText(cells)).toBe(`TCP server \\ client  alice  bob
alice                ok     FAILED

UDP server \\ client  bob
alice                ?

TCP server alice, client bob: the client ended with exit code 1, and printed at last: <b>oops
UDP server alice, client bob: no image

1 of 3 pairs understand each other`);
});

test.each([
  ['not-printed', 'the client printed nothing'],
  ['printed-otherwise', 'the client printed something other than what the server sent'],
])('a client that does not print what it received has a reason in words: %s', (code, words) => {
  const bytes = { expected: Buffer.from('hello'), received: Buffer.alloc(0) };
  const cell: Cell = { ...about, verdict: 'failed', finding: { code, did: 'looked', bytes } };
  expect(matrixText([cell])).toContain(`TCP server alice, client bob: ${words}\n`);
});

test('on the page a cell that failed leads to what happened', () => {
  const page = matrixPage(cells, new Map([[failed, 'TCP.alice.bob.0.html']]));
  expect(page).toContain('<td class="passed"><span aria-hidden="true">✓</span> passed</td>');
  expect(page).toMatch(/<td class="failed" title="[^"<]*"><a href="TCP.alice.bob.0.html">/);
  expect(page).not.toContain('<b>');
});
