/** What a kernel says to packets that come once more than they should. */

import { expect, test } from 'vitest';
import { sentenceOf } from '../../../explain/testing/words-of.ts';
import { arrives, call, endOf, fate, leaves, passes, type Sent } from '../../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../testing/connection.ts';
import { linkedSteps, packetsOf, timelineOf } from '../../testing/recorded.ts';

/** It arrives, and 1 ms later again. */
const twice = (sent: Sent) => [
  ...[...passes(sent), fate(sent, 'duplicated'), fate(sent, 'delivered')],
  // A wire may note it when the answer has left.
  fate(sent, 'delivered', 3),
];
const data = back(10, { flags: 'PA', seq: 501, ack: 101, data: 'hello', id: 21 });
const ack = (atMs: number, number: number) =>
  there(atMs, { flags: 'A', seq: 101, ack: number, id: atMs * 10 });

test('an ACK that answers a copy is linked with it', () => {
  const synAck = back(1, { flags: 'SA', seq: 500, ack: 101, id: 20 });
  const events = [
    ...[...passes(there(0, { flags: 'S', seq: 100, id: 1 })), ...twice(synAck)],
    ...[...passes(ack(1.2, 501)), ...twice(data), ...passes(ack(10.2, 501 + 5))],
    ...[...passes(ack(11.2, 501 + 5))],
  ];
  const { steps } = timelineOf([...events, ...passes(ack(2.2, 501))]);
  const [, shaken, third, answer, , acknowledges, again] = packetsOf(steps);
  expect(sentenceOf(third)).toContain('the third step');
  expect(linkedSteps(steps, answer, 'caused-by')).toEqual([shaken]);
  expect(sentenceOf(answer)).toBe(
    "h1's kernel answers a copy of SYN-ACK: it already had that, and repeats its last acknowledgment.",
  );
  expect(sentenceOf(acknowledges)).toContain('acknowledges the first 5 bytes');
  expect(sentenceOf(again)).toContain('answers a copy of bytes');
});

test('an ACK that answers a retransmission of what had arrived is linked with it', () => {
  const repeated = { ...data, atMs: 210, id: 22 };
  const lost = ack(10.1, 506);
  const events = [
    ...[...handshake(0, 100), ...passes(data), ...passes(lost), fate(lost, 'lost')],
    ...[...passes(repeated), ...passes(ack(210.1, 506))],
  ];
  const { steps } = timelineOf(events);
  const answer = packetsOf(steps).at(-1);
  expect(linkedSteps(steps, answer, 'caused-by')).toMatchObject([{ isRetransmission: true }]);
  expect(sentenceOf(answer)).toContain('answers bytes sent again: it already had that');
});

test('an ACK that waits for a gap to be filled is no answer to a copy', () => {
  const [first, second] = [data, { ...data, atMs: 11, seq: 506, id: 23 }];
  const gap = [...passes(first), fate(first, 'lost'), ...passes(second), ...passes(ack(11.1, 501))];
  const { steps } = timelineOf([...handshake(0, 100), ...gap]);
  expect(sentenceOf(packetsOf(steps).at(-1))).toContain('a segment arrived out of order');
});

test('RST that answers a packet of a connection that both have closed ends no call', () => {
  const fins = [
    ...passes(back(20, { flags: 'FA', seq: 501, ack: 101, id: 30 })),
    ...passes(there(21, { flags: 'FA', seq: 101, ack: 502, id: 31 })),
  ];
  const last = back(21.1, { flags: 'A', seq: 502, ack: 102, id: 32 });
  const rst = passes(there(22.2, { flags: 'R', seq: 102, id: 33 }));
  const [local, remote] = [endOf(SERVER), endOf(CLIENT)];
  const socket = { fd: 4, protocol: 'tcp', local, remote } as const;
  const fails = call('h2', 30, { call: 'write', socket, error: 'EPIPE' });
  const all = [...handshake(0, 100), ...fins, ...twice(last), ...rst, fails];
  const { steps, conversations } = timelineOf(all);
  const [ended, answer] = packetsOf(steps).slice(-2);
  expect(sentenceOf(answer)).toContain('answers a packet of a connection that it no longer has');
  expect(linkedSteps(steps, answer, 'caused-by')).toEqual([ended]);
  expect(linkedSteps(steps, answer, 'completed')).toEqual([]);
  expect(conversations[0]?.state).toBe('closed');
});

test('of two RSTs from one host, the second changes nothing, unless the first was lost', () => {
  const sent = [there(10, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 40 })];
  const rst = back(11, { flags: 'R', seq: 501, id: 41 });
  const more = [there(10.5, { flags: 'PA', seq: 102, ack: 501, data: 'y', id: 42 })];
  const second = { ...rst, atMs: 12, id: 43 };
  const said = (first: ReturnType<typeof passes>) => {
    const events = [...handshake(0, 100), ...[...sent, ...more].flatMap(passes), ...first];
    return sentenceOf(
      packetsOf(timelineOf([...events, leaves(second), arrives(second)]).steps).at(-1),
    );
  };
  expect(said(passes(rst))).toContain('that it no longer has');
  expect(said([leaves(rst), fate(rst, 'lost') as never])).toContain('ends the connection at once');
});
