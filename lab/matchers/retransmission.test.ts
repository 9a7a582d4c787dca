import { expect, test } from 'vitest';
import type { PacketEvent } from '../model/event.ts';
import { Retransmission } from './retransmission.ts';

const filter = { from: ['10.0.0.2'], to: ['10.0.0.3'], port: 7 };
const MAX = 2 ** 32;

/** A segment from port 40,000 of the one host to port 7 of the other: its sequence number, and what it carries. */
function segment(sequenceNumber: number, carries: number | 'syn' | 'fin'): PacketEvent {
  const flags = { syn: carries === 'syn', fin: carries === 'fin', ack: carries !== 'syn' };
  const payloadLength = typeof carries === 'number' ? carries : 0;
  const tcp = { sourcePort: 40_000, destinationPort: 7, sequenceNumber, flags };
  const ipv4 = { source: '10.0.0.2', destination: '10.0.0.3' };
  const packet = { ipv4, tcp, payloadLength } as PacketEvent['packet'];
  return { kind: 'packet', atNs: '1', host: 'client', direction: 'out', packet };
}

/** Which of the segments repeat earlier ones. */
function repeated(...segments: PacketEvent[]): boolean[] {
  const retransmission = new Retransmission(filter);
  return segments.map((one) => retransmission.concerns(one) && retransmission.add(one));
}

test('segments that follow each other repeat nothing', () => {
  const segments = [segment(9, 'syn'), segment(10, 100), segment(110, 0), segment(110, 'fin')];
  expect(repeated(...segments)).toEqual([false, false, false, false]);
});

test.each([
  ['a SYN', segment(9, 'syn'), segment(9, 'syn')],
  ['data', segment(10, 100), segment(10, 100)],
  ['the beginning of what was sent in one piece', segment(10, 3000), segment(10, 1448)],
  ['the middle of it', segment(10, 3000), segment(1458, 1448)],
  ['a FIN', segment(10, 'fin'), segment(10, 'fin')],
  ['data around the largest sequence number', segment(MAX - 10, 30), segment(MAX - 10, 30)],
])('%s that is sent again is a retransmission', (_, first, second) => {
  expect(repeated(first, second)).toEqual([false, true]);
});

test('segments go on beyond the largest sequence number', () => {
  expect(repeated(segment(MAX - 10, 10), segment(0, 10))).toEqual([false, false]);
});

test('a probe of an idle connection repeats nothing', () => {
  expect(repeated(segment(10, 100), segment(109, 0))).toEqual([false, false]);
});

test('a new connection from the same port repeats nothing', () => {
  const segments = [
    segment(900_000, 'syn'),
    segment(900_001, 10),
    segment(7, 'syn'),
    segment(8, 10),
  ];
  expect(repeated(...segments)).toEqual([false, false, false, false]);
});
