import { expect, test } from 'vitest';
import { sentenceOf } from '../../../explain/testing/words-of.ts';
import { at, fate, leaves, passes, type Sent } from '../../testing/by-hand.ts';
import { back, handshake, there } from '../../testing/connection.ts';
import { linkedSteps, packetsOf, timelineOf } from '../../testing/recorded.ts';

const lost = (sent: Sent) => [...passes(sent), fate(sent, 'lost')];
const syn = (atMs: number, id: number) => there(atMs, { flags: 'S', seq: 100, id });
const synAck = (atMs: number, id: number) => back(atMs, { flags: 'SA', seq: 500, ack: 101, id });

test('each try is linked with the one before and the one after it, and its wait counts from there', () => {
  const events = [
    lost(syn(0, 1)),
    lost(syn(1000, 2)),
    passes(syn(3000, 3)),
    passes(synAck(3001, 9)),
  ];
  const { steps } = timelineOf(events.flat());
  const [first, second, third, answer] = packetsOf(steps);
  expect(linkedSteps(steps, first, 'repeated-by')).toEqual([second]);
  expect(linkedSteps(steps, second, 'repeats')).toEqual([first]);
  expect(linkedSteps(steps, second, 'repeated-by')).toEqual([third]);
  expect(linkedSteps(steps, answer, 'caused-by')).toEqual([third]);
  expect(sentenceOf(second)).toMatch(/^Sent again after 1 s .*: the first one was lost\./);
  expect(sentenceOf(second)).toContain('sends it again 2 s later');
  expect(sentenceOf(third)).toMatch(/^Sent again after 2 s .*: the one before was lost\./);
});

test('retransmissions of bytes and of FIN follow the latest try, too', () => {
  const tries = (flags: string, data: string) =>
    [0, 200, 600].map((ms, id) =>
      there(1000 + ms, { flags, seq: 101, ack: 501, data, id: 10 + id }),
    );
  for (const sent of [tries('PA', 'hello'), tries('FA', ''), tries('FPA', 'hello')]) {
    const { steps } = timelineOf([...handshake(0, 100), ...sent.flatMap(lost)]);
    const [first, second, third] = packetsOf(steps).slice(3);
    expect(linkedSteps(steps, first, 'repeated-by')).toEqual([second]);
    expect(linkedSteps(steps, third, 'repeats')).toEqual([second]);
    expect(sentenceOf(third)).toMatch(/^Sent again after 400 ms/);
  }
});

test('a segment that repeats two is linked with both', () => {
  const piece = (atMs: number, seq: number, data: string, id: number) =>
    there(atMs, { flags: 'PA', seq, ack: 501, data, id });
  const pieces = [piece(10, 101, 'hello', 10), piece(11, 106, 'world', 11)];
  const both = piece(300, 101, 'helloworld', 12);
  const { steps } = timelineOf([...handshake(0, 100), ...pieces.map(leaves), ...passes(both)]);
  const [first, second, again] = packetsOf(steps).slice(3);
  expect(linkedSteps(steps, again, 'repeats')).toEqual([first, second]);
});

test('a SYN-ACK that is sent again has its cause in the SYN that came again, or in a timer', () => {
  const events = [
    ...[...passes(syn(0, 1)), ...lost(synAck(0.1, 11))],
    ...[...lost(synAck(1010, 12)), ...passes(syn(1020, 2)), ...passes(synAck(1020.1, 13))],
  ];
  const { steps } = timelineOf(events);
  const [first, answer, byTimer, again, bySyn] = packetsOf(steps);
  expect(linkedSteps(steps, answer, 'caused-by')).toEqual([first]);
  expect(linkedSteps(steps, byTimer, 'caused-by')).toEqual([]);
  expect(sentenceOf(byTimer)).toMatch(/^Sent again after 1.01 s without an ACK/);
  expect(linkedSteps(steps, bySyn, 'caused-by')).toEqual([again]);
  expect(sentenceOf(bySyn)).toMatch(/^Sent again, because SYN arrived again\./);
});

test('a copy of SYN is answered, too', () => {
  const sent = syn(0, 1);
  const fates = [fate(sent, 'duplicated'), fate(sent, 'delivered'), fate(sent, 'delivered', 0.06)];
  const answers = [...passes(synAck(0.1, 11)), ...passes(synAck(0.2, 12))];
  const { steps } = timelineOf([...passes(sent), ...fates, ...answers]);
  const [first, , second] = packetsOf(steps);
  expect(first).toMatchObject({ endNs: at(0.06) });
  expect(linkedSteps(steps, second, 'caused-by')).toEqual([first]);
  expect(sentenceOf(second)).toMatch(/^Sent again, because SYN arrived twice\./);
});
