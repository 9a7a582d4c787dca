import { expect, test } from 'vitest';
import type { Ancillary } from './ancillary.ts';
import { pcapHeader, pcapRecords } from './pcap.ts';

/** Two addresses, a type, and what follows. */
const FRAME = Buffer.from('0202020202020303030303030800aabbccdd', 'hex');

const plain = { seconds: 0, nanoseconds: 0, length: FRAME.length, vlan: undefined };

/** A packet that lies somewhere in memory. */
function message(ancillary: Ancillary) {
  return {
    memory: Buffer.concat([Buffer.alloc(7), FRAME]),
    from: 7,
    to: 7 + FRAME.length,
    ancillary,
  };
}

test('a stream has the header of a pcap file of Ethernet with nanoseconds', () => {
  expect(pcapHeader(65_600).toString('hex')).toBe(
    ['4d3cb2a1', '0200', '0400', '00000000', '00000000', '40000100', '01000000'].join(''),
  );
});

test('a record has the time, how much was captured, how long the packet was, and its bytes', () => {
  const records = pcapRecords([
    message(plain),
    message({ ...plain, seconds: 1, nanoseconds: 2, length: 0x100 }),
  ]);
  expect(records.subarray(34).toString('hex')).toBe(
    ['01000000', '02000000', '12000000', '00010000', FRAME.toString('hex')].join(''),
  );
});

test('the VLAN tag that the kernel took off is where it was, and counts', () => {
  const record = pcapRecords([message({ ...plain, vlan: { protocol: 0x8100, control: 0x2007 } })]);
  expect([record.readUInt32LE(8), record.readUInt32LE(12)]).toEqual([22, 22]);
  expect(record.subarray(16).toString('hex')).toBe(
    ['020202020202', '030303030303', '81002007', '0800aabbccdd'].join(''),
  );
});
