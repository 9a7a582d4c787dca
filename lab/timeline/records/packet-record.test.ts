import { expect, test } from 'vitest';
import { sentenceOf } from '../../explain/testing/words-of.ts';
import { call, endOf, fate, passes, type Sent } from '../testing/by-hand.ts';
import { back, handshake, SERVER, there } from '../testing/connection.ts';
import { linkedSteps, packetsOf, timelineOf } from '../testing/recorded.ts';

const data = there(10, { flags: 'PA', seq: 101, ack: 501, data: 'hello', id: 3 });
const again = { ...data, atMs: 210, id: 4 };
const ack = back(211, { flags: 'A', seq: 501, ack: 106, id: 5 });
const damaged = (sent: Sent) => [
  ...[...passes(sent), fate(sent, 'corrupted'), fate(sent, 'delivered', 0.06)],
];
const hidden = { isChecksumFixed: true } as const;

test('a segment whose checksum shows damage ends in the kernel that drops it', () => {
  const events = [...handshake(0, 100), ...damaged(data), ...passes(again), ...passes(ack)];
  const [first, second] = packetsOf(timelineOf(events).steps).slice(3);
  expect(first).toMatchObject({ delivery: 'arrived', isDropped: true });
  expect(sentenceOf(first)).toContain(
    "its checksum shows that, so h2's kernel silently drops it. h1's kernel receives no ACK and sends it again 200 ms later.",
  );
  expect(second).not.toHaveProperty('isDropped');
  expect(sentenceOf(second)).toMatch(/^Sent again after 200 ms .*: the first one was damaged\./);
});

test('a datagram whose damage is hidden is not dropped, and a program reads it', () => {
  const sent = there(0, { data: 'hello', id: 3 });
  const socket = { fd: 3, protocol: 'udp', local: endOf(SERVER) } as const;
  const read = call('h2', 1, { call: 'recvfrom', socket, peer: endOf(sent.from), result: 5 });
  const [left, arrived, corrupted, delivered] = damaged(sent);
  const told = (more: object) => {
    const events = [left, arrived, { ...corrupted, ...more }, delivered, read];
    const { steps } = timelineOf(events as Parameters<typeof timelineOf>[0]);
    const [packet] = packetsOf(steps);
    return { packet, readers: linkedSteps(steps, packet, 'completed').length };
  };
  expect(told({})).toMatchObject({ packet: { isDropped: true }, readers: 0 });
  const { packet, readers } = told(hidden);
  expect(packet).not.toHaveProperty('isDropped');
  expect(sentenceOf(packet)).toContain("corrected its checksum: h2's kernel does not notice");
  expect(readers).toBe(1);
});

test('a datagram that was sent without a checksum is damaged unnoticed, and not dropped', () => {
  const events = damaged(there(0, { data: 'hello', id: 3 })).map((event) => {
    if (event.kind !== 'packet' || event.packet.udp === undefined) return event;
    const udp = { ...event.packet.udp, checksumStatus: 'absent' as const };
    return { ...event, packet: { ...event.packet, udp } };
  });
  const [packet] = packetsOf(timelineOf(events).steps);
  expect(packet).toMatchObject({ delivery: 'arrived' });
  expect(packet).not.toHaveProperty('isDropped');
});

test('what was acknowledged without a repetition was not dropped, whatever an old recording leaves out', () => {
  const events = [...handshake(0, 100), ...damaged(data), ...passes({ ...ack, atMs: 11 })];
  expect(packetsOf(timelineOf(events).steps)[3]).not.toHaveProperty('isDropped');
});
