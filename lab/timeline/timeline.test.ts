import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sentenceOf } from '../explain/testing/words-of.ts';
import type { LabEvent } from '../model/event.ts';
import { at, call, leaves, passes, type Sent } from './testing/by-hand.ts';
import { back, handshake, there } from './testing/connection.ts';
import { packetsOf, timelineOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

test('a connection whose ports are used again is another conversation', () => {
  const { conversations } = timelineOf([...handshake(0, 100), ...handshake(1000, 90_000)]);
  expect(conversations.map(({ packets }) => packets)).toEqual([3, 3]);
});

test('a SYN that is sent again is of the same conversation', () => {
  const syn = there(0, { flags: 'S', seq: 100, id: 1 });
  const again = { ...syn, atMs: 1000, id: 2 };
  const { steps, conversations } = timelineOf([leaves(syn), ...passes(again)]);
  expect(conversations).toHaveLength(1);
  expect(packetsOf(steps).map(({ isRetransmission }) => isRetransmission)).toEqual([false, true]);
});

test('what repeats an acknowledged byte is a question, and not sent again', () => {
  const one = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
  const ack = back(2, { flags: 'A', seq: 501, ack: 102, id: 4 });
  const probe = there(3, { flags: 'A', seq: 101, ack: 501, data: 'x', id: 5 });
  const said = (...sent: Sent[]) => {
    const { steps, conversations } = timelineOf([...handshake(0, 100), ...sent.flatMap(passes)]);
    return { last: sentenceOf(packetsOf(steps).at(-1)), again: conversations[0]?.retransmissions };
  };
  expect(said(one, ack, probe)).toEqual({
    last: expect.stringContaining('still there (keep-alive)'),
    again: 0,
  });
  const full = { ...ack, window: 0 };
  expect(said(one, full).last).toContain('It has no room for more');
  expect(said(one, full, probe)).toEqual({
    last: expect.stringContaining('room for more now (window probe)'),
    again: 0,
  });
  expect(said(one, probe)).toEqual({ last: expect.stringMatching(/^Sent again/), again: 1 });
});

test('a conversation that is joined in the middle is followed from there on', () => {
  const data = there(0, { flags: 'PA', seq: 4_294_967_290, ack: 70, data: 'hello, server' });
  const more = there(1, { flags: 'PA', seq: 7, ack: 70, data: 'again' });
  const { conversations, steps } = timelineOf([...passes(data), ...passes(more)]);
  expect(conversations).toMatchObject([
    {
      state: 'open',
      client: { port: 61_000 },
      bytes: { toServer: 18, toClient: 0 },
      retransmissions: 0,
    },
  ]);
  expect(sentenceOf(packetsOf(steps)[1])).toContain('Bytes 14 to 18');
});

test('a UDP conversation that is silent for 30 s is idle, until it goes on', () => {
  const timeline = new Timeline();
  for (const event of passes(there(0, { data: 'x', id: 1 }))) timeline.add(event);
  timeline.advance(at(20_000));
  expect(timeline.conversations[0]?.state).toBe('open');
  timeline.advance(at(31_000));
  expect(timeline.conversations[0]?.state).toBe('idle');
  for (const event of passes(there(32_000, { data: 'x', id: 2 }))) timeline.add(event);
  timeline.advance(at(33_000));
  expect(timeline.conversations).toMatchObject([{ state: 'open', packets: 2 }]);
});

test('odd events are taken without an error', () => {
  const odd = [
    {
      kind: 'packet',
      atNs: at(0),
      host: 'h1',
      direction: 'out',
      packet: { notes: [], bytes: '', length: 0 },
    },
    {
      kind: 'call',
      atNs: at(1),
      host: 'h1',
      id: 1,
      call: 'close',
      stage: 'returned',
      process: {},
      arguments: {},
    },
    { ...call('h1', 2, { call: 'sendto' }), socket: { fd: -1 }, tookNs: -5 },
    { kind: 'log', atNs: 'never', host: 'h1', line: 'x' },
    { kind: 'fate', atNs: at(3), host: 'h1', fate: 'lost', fault: 'x', packet: {} },
  ] as unknown as LabEvent[];
  expect(timelineOf(odd).steps.map(({ kind }) => kind)).toEqual(['packet', 'call', 'call']);
});

test('a page can load it: nothing of it is of Node.js', () => {
  const isSource = (name: string) => /(?<!\.test)\.ts$/.test(name) && !name.startsWith('testing/');
  for (const room of ['./', '../explain/']) {
    const folder = new URL(room, import.meta.url);
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(isSource);
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const code = readFileSync(new URL(name, folder), 'utf8');
      expect(code, name).not.toMatch(/\bBuffer\b|from 'node:/);
      // Types alone may come from anywhere.
      expect(code, name).not.toMatch(
        /^(import|export) (?!type)[^;]* from '(\.\.\/)+(capture|in-probe|faults)\//m,
      );
    }
  }
});
