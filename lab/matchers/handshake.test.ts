import { expect, test } from 'vitest';
import { decodePacket } from '../capture/dissect/decode.ts';
import { recording } from '../capture/dissect/testing/recordings.ts';
import type { PacketEvent } from '../model/event.ts';
import type { Packet } from '../model/packet.ts';
import { Handshake } from './handshake.ts';

const ends = { from: ['172.18.0.3'], to: ['172.18.0.2'] };

const { records, linkType } = recording('tcp.pcap');
const events = records.map(({ atNs, data, length }): PacketEvent => {
  const packet = decodePacket(data, linkType, length);
  return { kind: 'packet', atNs, host: 'server', direction: 'in', packet };
});
const opening = events.slice(0, 3);

function isSynAck({ packet }: PacketEvent): boolean {
  return packet.tcp?.flags.syn === true && packet.tcp.flags.ack;
}

function withTcp(event: PacketEvent, change: Partial<NonNullable<Packet['tcp']>>): PacketEvent {
  const { tcp } = event.packet;
  return tcp ? { ...event, packet: { ...event.packet, tcp: { ...tcp, ...change } } } : event;
}

/** After how many packets the handshake is whole, and what came furthest. */
function watch(seen: readonly PacketEvent[], port?: number) {
  const handshake = new Handshake({ ...ends, ...(port !== undefined && { port }) });
  const index = seen.findIndex((event) => handshake.add(event));
  return { after: index + 1, furthest: handshake.furthest };
}

test('a handshake is complete with the third segment', () => {
  expect(watch(events)).toEqual({ after: 3, furthest: 'ACK' });
  expect(watch(events, 50_000)).toEqual({ after: 3, furthest: 'ACK' });
});

test('a handshake has the direction of the first SYN', () => {
  const handshake = new Handshake({ from: ends.to, to: ends.from });
  expect(opening.some((event) => handshake.add(event))).toBe(false);
  expect(handshake.furthest).toBe('nothing');
});

test('a handshake is only found on the port that was asked for', () => {
  expect(watch(opening, 50_001)).toEqual({ after: 0, furthest: 'nothing' });
});

test('a handshake is not complete without the SYN-ACK', () => {
  const seen = opening.filter((event) => !isSynAck(event));
  expect(watch(seen)).toEqual({ after: 0, furthest: 'SYN' });
});

test('a handshake is not complete with a SYN-ACK to another SYN', () => {
  const seen = opening.map((event) =>
    isSynAck(event) ? withTcp(event, { acknowledgmentNumber: 7 }) : event,
  );
  expect(watch(seen)).toEqual({ after: 0, furthest: 'SYN' });
});

test('a handshake is not complete with an ACK of something else', () => {
  const seen = opening.map((event, n) =>
    n === 2 ? withTcp(event, { acknowledgmentNumber: 7 }) : event,
  );
  expect(watch(seen)).toEqual({ after: 0, furthest: 'SYN-ACK' });
});

test('a handshake is complete though segments came twice', () => {
  const seen = opening.flatMap((event) => [event, event]);
  expect(watch(seen)).toEqual({ after: 5, furthest: 'ACK' });
});
