import { describe, expect, test } from 'vitest';
import { decodePacket } from '../dissect/decode.ts';
import { recordings } from '../dissect/testing/recordings.ts';
import { runTshark, whyNoTshark } from '../dissect/testing/tshark.ts';
import type { PcapngPacket } from './pcapng.ts';
import { PcapngWriter } from './pcapng.ts';
import { readPcapng } from './pcapng-read.ts';

const reason = whyNoTshark();
if (reason !== undefined) console.warn(`pcapng files are not read with tshark: ${reason}`);

const packets: PcapngPacket[] = recordings().flatMap(({ name, records, linkType }) =>
  records.map(({ atNs, data, length }, i) => ({
    atNs,
    host: name,
    direction: i % 2 === 0 ? ('in' as const) : ('out' as const),
    packet: decodePacket(data, linkType, length),
    ...(i % 3 === 0 && { comment: `packet ${i} – “quoted”` }),
  })),
);

function written(): Buffer {
  const writer = new PcapngWriter();
  const start = writer.start(['arp.pcap', 'tcp.pcap']);
  return Buffer.concat([start, ...packets.map((packet) => writer.packet(packet))]);
}

describe('PcapngWriter', () => {
  test('writes what readPcapng reads back', () => {
    expect([...readPcapng(written())]).toEqual(packets);
  });

  test.skipIf(reason !== undefined)('writes what tshark reads without a warning', () => {
    const fields = [
      'frame.time_epoch',
      'frame.interface_name',
      'frame.packet_flags_direction',
      'frame.len',
      'frame.comment',
    ];
    const output = runTshark(
      ['-T', 'fields', ...fields.flatMap((field) => ['-e', field])],
      written(),
    );
    const expected = packets.map(({ atNs, host, direction, packet, comment }) => {
      const seconds = `${atNs.slice(0, -9)}.${atNs.slice(-9)}`;
      const way = direction === 'in' ? '0x00000001' : '0x00000002';
      return [seconds, host, way, packet.length, comment ?? ''].join('\t');
    });
    expect(output.split('\n').slice(0, -1)).toEqual(expected);
  });

  test.each(['', '-1', '1.5', '18446744073709551616', 'soon'])('refuses the time "%s"', (atNs) => {
    const [packet] = packets;
    if (packet === undefined) throw new Error('no recordings');
    expect(() => new PcapngWriter().packet({ ...packet, atNs })).toThrow(`but is "${atNs}"`);
  });
});

describe('readPcapng', () => {
  test('refuses a file of another kind, and a truncated one', () => {
    expect(() => [...readPcapng(new Uint8Array(40))]).toThrow('Cannot read the');
    expect(() => [...readPcapng(written().subarray(0, -1))]).toThrow('are left');
  });
});
