import { expect, test } from 'vitest';
import { at, call } from '../../lab/timeline/testing/by-hand.ts';
import { accepted, sends, server, wrongOf } from './testing/wrong-of.ts';

const waited = { for: 'the greeting', ms: 900 };

test('of a server that does nothing for a while, the call before the pause is found', () => {
  const events = [...accepted, sends(700, 'Hello!'), call('h2', 990, { call: 'close' })];
  const wrong = wrongOf('h2', events, { waited });
  expect(wrong).toMatchObject({ kind: 'paused', step: { call: { call: 'accept' } } });
});

test('many pauses together are as good as a long one', () => {
  const each = [350, 680, 995].map((ms) =>
    call('h2', ms, { call: 'accept', result: 5, tookNs: 1e6 }),
  );
  const wrong = wrongOf('h2', each, { waited });
  expect(wrong).toMatchObject({ kind: 'paused', step: { atNs: at(350) } });
});

test('what was before the wait is no pause in it', () => {
  const busy = [300, 450, 600, 750, 900].map((ms) =>
    call('h2', ms, { call: 'recvfrom', socket: server, result: 1 }),
  );
  const wrong = wrongOf('h2', [...accepted, ...busy], { waited: { ...waited, ms: 800 } });
  expect(wrong).toMatchObject({ kind: 'last' });
});

test('a thread that waits for the next client shows that the program does not pause', () => {
  const waits = call('h2', 400, { call: 'accept', stage: 'waiting' });
  const wrong = wrongOf('h2', [...accepted, waits], { waited });
  expect(wrong).toMatchObject({ kind: 'waiting', step: { atNs: at(400) } });
});

test('a program that has ended does not pause', () => {
  const wrong = wrongOf('h2', accepted, { waited }, { hasEnded: true });
  expect(wrong).toMatchObject({ kind: 'ended-after' });
});
