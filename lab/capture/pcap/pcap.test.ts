import { describe, expect, test } from 'vitest';
import { seeded } from '../dissect/testing/mutate.ts';
import { recording, recordings } from '../dissect/testing/recordings.ts';
import { PcapReader } from './pcap.ts';

/** A file with one record of 4 bytes, of 64 on the wire. */
function file(
  magic: number,
  order: 'LE' | 'BE',
  { snapLength = 262_144, captured = 4, linkType = 1 } = {},
) {
  const bytes = Buffer.alloc(44);
  const write = (value: number, at: number) =>
    order === 'LE' ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  const values = {
    0: magic,
    16: snapLength,
    20: linkType,
    24: 1_700_000_000,
    28: 42,
    32: captured,
    36: 64,
  };
  for (const [at, value] of Object.entries(values)) write(value, Number(at));
  bytes.set([1, 2, 3, 4], 40);
  return bytes;
}

describe('PcapReader', () => {
  test.each([
    [0xa1b2c3d4, 'LE', '1700000000000042000'],
    [0xa1b2c3d4, 'BE', '1700000000000042000'],
    [0xa1b23c4d, 'LE', '1700000000000000042'],
    [0xa1b23c4d, 'BE', '1700000000000000042'],
  ] as const)('reads magic %i, %s-endian', (magic, order, atNs) => {
    const reader = new PcapReader();
    const [record] = reader.push(file(magic, order));
    expect(record).toMatchObject({ atNs, capturedLength: 4, length: 64 });
    expect([...(record?.data ?? [])]).toEqual([1, 2, 3, 4]);
    expect(reader.linkType).toBe('ethernet');
    reader.end();
  });

  test.each(recordings())('reads $name the same, wherever the chunks end', ({ bytes, records }) => {
    const random = seeded(bytes.length);
    for (const most of [1, 7, 40, 1000]) {
      const reader = new PcapReader();
      const read = [];
      for (let at = 0; at < bytes.length; ) {
        const end = at + 1 + random(most);
        read.push(...reader.push(bytes.subarray(at, end)));
        at = end;
      }
      reader.end();
      expect(read.map(({ data, ...rest }) => ({ ...rest, data: Buffer.from(data) }))).toEqual(
        records.map(({ data, ...rest }) => ({ ...rest, data: Buffer.from(data) })),
      );
    }
  });

  test.each([
    [file(0xa1b2c3d5, 'LE'), /begins with d5c3b2a1, which is not how a pcap stream begins/],
    [
      file(0xa1b2c3d4, 'LE', { snapLength: 3 }),
      /says that 4 bytes were captured, but the capture takes at most 3/,
    ],
    [file(0xa1b2c3d4, 'LE', { captured: 0xffffffff }), /4294967295 bytes were captured/],
    [
      file(0xa1b2c3d4, 'LE', { snapLength: 262_145 }),
      /snapshot length is 262145, but at most 262144/,
    ],
    [file(0xa1b2c3d4, 'LE', { linkType: 113 }), /link type is 113/],
  ])('refuses what is no capture (%#)', (bytes, message) => {
    expect(() => new PcapReader().push(bytes)).toThrow(message);
  });

  test('reports a truncated record at the end', () => {
    const reader = new PcapReader();
    reader.push(recording('arp.pcap').bytes.subarray(0, 60));
    expect(() => reader.end()).toThrow('it ends after 36 of 58 bytes');
  });

  test('knows no link type before the header', () => {
    expect(() => new PcapReader().linkType).toThrow('before its header has come');
  });
});
