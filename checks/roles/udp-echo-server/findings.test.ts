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

const reply = (text: string) => ({
  bytes: Buffer.from(text).toString('base64'),
  address: '10.0.0.2',
  port: 50_000,
});
const codeOf = async (texts: readonly string[], enough?: number) => {
  const replies = texts.map(reply);
  const found = await replyFinding(fixture(0), { ...answered, replies, ...(enough && { enough }) });
  return found?.code;
};

test('an echo is right, and of a long datagram its beginning is enough', async () => {
  expect(await codeOf(['Echo: Hello!'])).toBeUndefined();
  expect(await codeOf(['Echo: Hell'], 4)).toBeUndefined();
  expect(await codeOf(['Echo: HELL'], 4)).toBe('other-echo');
  expect(await codeOf(['Echo: Hel'], 4)).toBe('part-missing');
});

test('a reply that is no echo is told as what it is', async () => {
  expect(await codeOf(['Hello!'])).toBe('no-prefix');
  expect(await codeOf(['Echo: Hello!\n'])).toBe('more-bytes');
  expect(await codeOf(['Echo: Hel'])).toBe('part-missing');
  expect(await codeOf(['Echo: HELLO!'])).toBe('other-echo');
  expect(await codeOf(['Echo: ', 'Hello!'])).toBe('more-datagrams');
});
