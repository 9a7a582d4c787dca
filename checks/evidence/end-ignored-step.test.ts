import { expect, test } from 'vitest';
import { at, call } from '../../lab/timeline/testing/by-hand.ts';
import { bytes, client, connected, receives, wrongOf } from './testing/wrong-of.ts';

const ends = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    call('h1', 20 + n, {
      call: 'recvfrom',
      arguments: { requestedBytes: 1024 },
      socket: client,
      result: 0,
    }),
  );
const waited = { for: 'the program to end', ms: 900 };

test('of a loop that ignores the end of the stream the receive is found that returned it first', () => {
  const events = [...connected, receives(10, 'Hello!'), ...ends(40)];
  const wrong = wrongOf('h1', events, { code: 'still-running', waited });
  expect(wrong).toMatchObject({ kind: 'end-ignored', again: 39, step: { atNs: at(20) } });
});

test('a program that looks for the end twice has not ignored it', () => {
  const events = [...connected, receives(10, 'Hello!'), ...ends(2)];
  const wrong = wrongOf('h1', events, bytes('Hello!!', 'Hello!'));
  expect(wrong).not.toMatchObject({ kind: 'end-ignored' });
});
