import { expect, test } from 'vitest';
import { replyFinding } from './findings.ts';

const fixture = (dropped: number) => ({ replyMs: 5000, newlyDropped: async () => dropped });
const answered = { datagram: Buffer.from('Hello!'), replies: [], did: 'sent a datagram' };

test('a datagram that nobody answers is told of', async () => {
  expect(await replyFinding(fixture(0), answered)).toMatchObject({ code: 'no-echo' });
});

test('nobody is blamed for a datagram that the kernel has dropped', async () => {
  expect(await replyFinding(fixture(1), answered)).toBeUndefined();
});
