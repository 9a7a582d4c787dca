/** What kernels hand over in one piece, and take in one: UDP_SEGMENT, UDP_GRO (udp(7)) and segmentation offload of TCP. */

import { expect, test } from 'vitest';
import { packetRemark } from '../../explain/packets/packet-remark.ts';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import type { LabEvent } from '../../model/event.ts';
import type { CallStep, PacketStep, Step } from '../step.ts';
import { arrives, call, endOf, fate, leaves, passes } from '../testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, recorded, timelineOf } from '../testing/recorded.ts';

const sizesOf = (packets: readonly PacketStep[]) =>
  packets.map(({ packet }) => packet.payloadLength);
const deliveriesOf = (packets: readonly PacketStep[]) => packets.map(({ delivery }) => delivery);
const ten = Array.from({ length: 10 }, () => 1200);
const three = [1000, 1000, 500];

function sendersOf(steps: readonly Step[]): CallStep[] {
  return [...callsOf(steps, 'sendmsg'), ...callsOf(steps, 'sendto')].filter(
    ({ call }) => call.peer?.port === 50_000,
  );
}

/** Which numbers the datagrams and the calls that got them begin with, as far as they show. */
function numbersOf(steps: readonly Step[], sender: CallStep | undefined): string[] {
  return linkedSteps(steps, sender, 'caused').map((packet) => {
    const [reader] = linkedSteps(steps, packet, 'completed');
    const numberIn = (step: Step | undefined) => /number (\d+)/.exec(titleOf(step) ?? '')?.[1];
    return `${numberIn(packet)} ${reader ? numberIn(reader) : 'unread'}`;
  });
}

test('what one call has cut up is as many datagrams, each linked with it and with the call that gets it', async () => {
  const { steps, conversations } = timelineOf(await recorded('segmented'));
  expect(sizesOf(packetsOf(steps))).toEqual([...ten, ...three, ...ten, ...three]);
  for (const [at, sender] of sendersOf(steps).entries()) {
    const datagrams = linkedSteps(steps, sender, 'caused');
    expect(datagrams).toHaveLength(at < 2 ? 10 : 3);
    const readers = datagrams.map((datagram) => linkedSteps(steps, datagram, 'completed'));
    expect(readers.map(({ length }) => length)).toEqual(datagrams.map(() => 1));
    expect(new Set(readers.flat())).toHaveLength(datagrams.length);
  }
  const [, , numbered] = sendersOf(steps);
  expect(numbersOf(steps, numbered)).toEqual(['000 000', '100 100', '200 200']);
  expect(conversations).toMatchObject([
    { packets: 13, bytes: { toServer: 14_500 }, lost: 0 },
    { packets: 13, bytes: { toServer: 14_500 }, lost: 0 },
  ]);
});

test('its sentence says what became of it, and explains offload once in each conversation', async () => {
  const { steps } = timelineOf(await recorded('segmented'));
  const [cut, , rest] = sendersOf(steps);
  expect(sentenceOf(cut)).toMatch(
    /sends 10 datagrams of 1200 bytes each .* gave its kernel 12000 bytes at once, to be cut into datagrams \(UDP_SEGMENT\)/,
  );
  expect(sentenceOf(rest)).toMatch(/sends 3 datagrams of 1000 bytes each, the last of 500 /);
  const explained = packetsOf(steps).filter((step) => sentenceOf(step)?.includes('offload'));
  expect(explained.map(({ piece }) => piece?.number)).toEqual([1, 1]);
  expect(sentenceOf(explained[0])).toMatch(
    /in one piece with the next 9 \(segmentation offload\).* A real line carries 10 packets\./,
  );
});

test('each of them has its own fate', async () => {
  const { steps, conversations } = timelineOf(await recorded('segmented-lost'));
  const four = packetsOf(steps).filter(({ packet }) => packet.ipv4);
  const six = packetsOf(steps).filter(({ packet }) => packet.ipv6);
  const lost = [3, 7, 11];
  expect(deliveriesOf(four)).toEqual(
    Array.from({ length: 13 }, (_, at) => (lost.includes(at) ? 'lost' : 'arrived')),
  );
  // Over IPv6 nothing distinguishes datagrams that look alike.
  expect(deliveriesOf(six).filter((delivery) => delivery === 'lost')).toHaveLength(3);
  expect(conversations.map(({ lost }) => lost)).toEqual([3, 3]);
  const readers = callsOf(steps, 'recvfrom').filter(({ call }) => call.result !== undefined);
  const arrived = packetsOf(steps).filter(({ delivery }) => delivery === 'arrived');
  expect(
    readers.filter((step) => linkedSteps(steps, step, 'completed-by').length === 1),
  ).toHaveLength(arrived.length);
  const [, , numbered, numbered6] = sendersOf(steps);
  expect(numbersOf(steps, numbered)).toEqual(['000 000', '100 unread', '200 200']);
  expect(numbersOf(steps, numbered6)).toEqual(['000 unread', '100 100', '200 200']);
});

test('a call that takes in one piece what was cut up is linked with each datagram', async () => {
  const { steps } = timelineOf(await recorded('gathered'));
  const readers = callsOf(steps, 'recvmsg').filter(({ call }) => call.stage === 'returned');
  expect(readers.map((reader) => linkedSteps(steps, reader, 'completed-by').length)).toEqual([
    10, 3, 10, 3,
  ]);
  expect(sentenceOf(readers[0])).toMatch(
    /receives 10 datagrams at once, of 1200 bytes each: .* \(UDP_GRO\)/,
  );
});

const [local, remote] = [endOf(CLIENT), endOf(SERVER)];
const data = 'abcdefghijklmnopqrstuvwxyz'.repeat(10);
const udp = { socket: { fd: 3, protocol: 'udp', local } } as const;

function sendsCut(atMs: number, segmentBytes?: number): LabEvent {
  const sent = { ...udp, peer: remote, result: data.length, data: { bytes: 260, preview: '' } };
  return call('h1', atMs, { call: 'sendmsg', ...sent, ...(segmentBytes && { segmentBytes }) });
}

const pieces = [data.slice(0, 100), data.slice(100, 200), data.slice(200)].map((part, at) =>
  there(1 + at / 100, { data: part, id: 7 + at }),
);
const whole = there(1, { data, id: 7 });

test('what left in one piece and came one by one is each that came', () => {
  const { steps } = timelineOf([
    ...[sendsCut(0.9, 100), leaves(whole)],
    ...pieces.map((piece) => arrives(piece)),
  ]);
  expect(sizesOf(packetsOf(steps))).toEqual([100, 100, 60]);
  expect(deliveriesOf(packetsOf(steps))).toEqual(['arrived', 'arrived', 'arrived']);
});

test('what left one by one and came in one piece is each that left', () => {
  const { steps } = timelineOf([...pieces.map(leaves), arrives({ ...whole, atMs: 2 })]);
  expect(sizesOf(packetsOf(steps))).toEqual([100, 100, 60]);
  expect(deliveriesOf(packetsOf(steps))).toEqual(['arrived', 'arrived', 'arrived']);
});

test('without a trace of the sender, the wire shows the pieces, which it handled one by one', () => {
  const [, second] = pieces;
  const fates = second ? [fate(pieces[0] ?? whole, 'delayed'), fate(second, 'lost')] : [];
  const { steps } = timelineOf([...passes(whole), ...fates]);
  expect(deliveriesOf(packetsOf(steps))).toEqual(['in-flight', 'lost', 'arrived']);
});

const reads = { call: 'recvfrom', socket: { fd: 3, protocol: 'udp', local: remote } } as const;
const readsOne = (atMs: number, bytes: number, room = 2048) =>
  call('h2', atMs, { ...reads, peer: local, result: bytes, arguments: { requestedBytes: room } });

test('where a socket had its datagrams cut up before its trace, what is read of them shows the pieces', () => {
  const { steps, conversations } = timelineOf([
    ...[sendsCut(0.9), ...passes(whole)],
    ...[readsOne(2, 100), readsOne(3, 100), readsOne(4, 60)],
  ]);
  expect(sizesOf(packetsOf(steps))).toEqual([100, 100, 60]);
  expect(conversations).toMatchObject([{ packets: 3, bytes: { toServer: 260 } }]);
  const readers = callsOf(steps, 'recvfrom').map((one) => linkedSteps(steps, one, 'completed-by'));
  expect(readers).toEqual(packetsOf(steps).map((packet) => [packet]));
  expect(linkedSteps(steps, callsOf(steps, 'sendmsg')[0], 'caused')).toHaveLength(3);
});

test('a call that takes its datagrams in one piece shows their length, too', () => {
  const read = { ...reads, call: 'recvmsg', peer: local, result: 260, segmentBytes: 100 } as const;
  const { steps } = timelineOf([...passes(whole), call('h2', 2, read)]);
  expect(linkedSteps(steps, callsOf(steps, 'recvmsg')[0], 'completed-by')).toHaveLength(3);
});

test('the sentence of a datagram whose pieces are not known says that it may be several', () => {
  const { steps } = timelineOf(passes(there(1, { data: data.repeat(6) })));
  expect(sentenceOf(packetsOf(steps)[0])).toMatch(/it may be several .* in one piece/);
});

test('a datagram of which a call asks for less is one', () => {
  const { steps } = timelineOf([...passes(whole), readsOne(2, 100, 100)]);
  expect(sizesOf(packetsOf(steps))).toEqual([260]);
  expect(sentenceOf(callsOf(steps, 'recvfrom')[0])).toContain('receives the first 100 bytes');
});

test('the fate of a datagram that comes after another one of its flow does not cut that', () => {
  const six = { from: 'fd00::1:61000', to: 'fd00::2:50000', id: 5 };
  const [long, short] = [
    there(1, { ...six, data }),
    there(2, { ...six, data: data.slice(0, 100) }),
  ];
  const { steps } = timelineOf([...passes(long), ...passes(short), fate(short, 'lost')]);
  expect(sizesOf(packetsOf(steps))).toEqual([260, 100]);
  expect(deliveriesOf(packetsOf(steps))).toEqual(['arrived', 'lost']);
});

test('a datagram that is one is not cut', () => {
  const { steps } = timelineOf([sendsCut(0.9), ...passes(whole), fate(whole, 'delivered')]);
  expect(sizesOf(packetsOf(steps))).toEqual([260]);
  expect(packetsOf(steps)[0]?.piece).toBeUndefined();
});

test('each message of a call goes to its own peer, cut up or not', () => {
  const other = { address: '10.0.0.3', port: 50_000 };
  const messages = [
    { bytes: 3, peer: remote },
    { bytes: 260, peer: other, segmentBytes: 100 },
  ];
  const sends = { call: 'sendmmsg', ...udp, peer: remote, result: 2, messages } as const;
  const to = { to: '10.0.0.3:50000' };
  const { steps } = timelineOf([
    ...[call('h1', 0.9, sends), ...passes(there(1, { data: 'one', id: 1 }))],
    ...passes({ ...whole, ...to, atMs: 1.1 }),
  ]);
  const sent = linkedSteps(steps, callsOf(steps, 'sendmmsg')[0], 'caused') as PacketStep[];
  expect(sent.map(({ to, packet }) => `${to} ${packet.payloadLength}`)).toEqual([
    ...['h2 3', 'h3 100', 'h3 100', 'h3 60'],
  ]);
});

test('the sentence of a segment that is longer than its line takes says how many packets it is', async () => {
  const { steps } = timelineOf(await recorded('large'));
  const long = packetsOf(steps).filter(({ packet }) => packet.payloadLength > 1448);
  expect(long.map(({ packet, packetsOnLine }) => [packet.payloadLength, packetsOnLine])).toEqual([
    ...[
      [7240, 5],
      [4760, 4],
      [12_000, 9],
      [12_000, 9],
    ],
  ]);
  const [first, second] = long;
  expect(sentenceOf(first)).toMatch(
    /longer than the MTU \(1500 bytes\).*\(segmentation offload\).* A real line carries 5 packets\./,
  );
  expect(sentenceOf(second)).toMatch(/A real line carries it in 4 packets\./);
  expect(steps.filter((step) => sentenceOf(step)?.includes('offload'))).toHaveLength(1);
});

test('where a wire takes one packet in six of a long upload, each that is sent again repeats one that was lost', async () => {
  const { steps, conversations } = timelineOf(await recorded('large-lost'));
  const data = packetsOf(steps).filter(({ packet }) => packet.payloadLength > 0);
  const lost = data.filter(({ delivery }) => delivery === 'lost');
  expect(
    lost.map(({ fates, packet }) => [...fates.map(({ fate }) => fate), packet.payloadLength]),
  ).toEqual(lost.map(() => ['lost', 1448]));
  expect(lost.length).toBeGreaterThan(3);
  const again = data.filter(({ isRetransmission }) => isRetransmission);
  expect(again.flatMap((step) => linkedSteps(steps, step, 'repeats'))).toEqual(lost);
  expect(conversations[0]).toMatchObject({ lost: lost.length, bytes: { toServer: 36_000 } });
});

test('the note of such a packet names it once', async () => {
  const { steps } = timelineOf(await recorded('large'));
  expect(packetsOf(steps).flatMap((step) => packetRemark(step, '×') || [])).toEqual([
    'offload: 5 packets on a real line',
    ...[4, 9, 9].map((count) => `${count} packets on a real line`),
  ]);
  const cut = packetsOf(timelineOf(await recorded('segmented')).steps).slice(0, 13);
  expect(cut.flatMap((step) => packetRemark(step, '×') || [])).toEqual([
    'offload: 10 packets in one piece',
    '3 packets in one piece',
  ]);
});

test('of a segment in one piece that the wire had in several each has its fate', () => {
  const text = 'x'.repeat(4000);
  const part = (at: number) =>
    there(1, { flags: 'A', seq: 101 + at * 1460, ack: 501, id: 7 + at, data: text.slice(0, 1460) });
  const { steps, conversations } = timelineOf([
    ...handshake(0, 100),
    ...passes(there(1, { flags: 'PA', seq: 101, ack: 501, id: 7, data: text })),
    fate(part(1), 'lost'),
    ...passes(back(1.2, { flags: 'A', seq: 501, ack: 1561 })),
    ...passes({ ...part(1), atMs: 202, id: 20 }),
  ]);
  const sent = packetsOf(steps).filter(({ packet }) => packet.payloadLength > 0);
  expect(sizesOf(sent)).toEqual([1460, 1460, 1080, 1460]);
  expect(deliveriesOf(sent)).toEqual(['arrived', 'lost', 'arrived', 'arrived']);
  expect(sent.map(({ packet }) => packet.tcp?.flags.psh)).toEqual([false, false, true, false]);
  expect(linkedSteps(steps, sent[1], 'repeated-by')).toEqual([sent[3]]);
  expect(conversations[0]).toMatchObject({
    lost: 1,
    retransmissions: 1,
    bytes: { toServer: 4000 },
  });
});
