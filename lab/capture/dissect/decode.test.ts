import { describe, expect, test } from 'vitest';
import { describePacket } from '../../explain/packets/describe-packet.ts';
import { packetBytes, packetPayload } from '../../model/packet.ts';
import { decodePacket } from './decode.ts';
import { bytesOf } from './testing/hand.ts';
import { mutate, seeded } from './testing/mutate.ts';
import { recording, recordings } from './testing/recordings.ts';

const ethernet = '0242ac120002 0242ac120003 0800';
const ipv4 = '4500 0021 1234 4000 40 11 d06e ac120003 ac120002';
const udp = '9c40 c351 000d 0000 68656c6c6f';

describe('decodePacket', () => {
  test('decodes a UDP datagram by hand, and leaves the padding of the frame out of the payload', () => {
    const data = bytesOf(ethernet, ipv4, udp, '00'.repeat(13));
    const packet = decodePacket(data, 'ethernet');
    expect(packet).toMatchObject({
      linkType: 'ethernet',
      length: 60,
      capturedLength: 60,
      notes: [],
      ethernet: { source: '02:42:ac:12:00:03', destination: '02:42:ac:12:00:02' },
      ipv4: {
        source: '172.18.0.3',
        totalLength: 33,
        dontFragment: true,
        fragmentOffset: 0,
        headerChecksumStatus: 'good',
      },
      udp: { sourcePort: 40000, destinationPort: 50001, length: 13, checksumStatus: 'absent' },
      payloadOffset: 42,
      payloadLength: 5,
    });
    expect(Buffer.from(packetPayload(packet)).toString()).toBe('hello');
    expect(packetBytes(packet)).toEqual(data);
  });

  test.each([
    ['0446', 'good'],
    ['0445', 'bad'],
    // The sum of the pseudo-header: 172.18.0.3, 172.18.0.2, 17, 13.
    ['5848', 'unverified'],
    ['0000', 'absent'],
  ])('says of the UDP checksum %s that it is %s', (checksum, status) => {
    const data = bytesOf(ethernet, ipv4, udp.replace('0000', checksum));
    expect(decodePacket(data, 'ethernet').udp?.checksumStatus).toBe(status);
  });

  test('verifies no checksum over more than was captured', () => {
    const data = bytesOf(ethernet, ipv4, udp.replace('0000', '0445')).subarray(0, 45);
    const packet = decodePacket(data, 'ethernet', 47);
    expect(packet.udp?.checksumStatus).toBe('unverified');
    expect(packet).toMatchObject({ length: 47, capturedLength: 45, payloadLength: 5 });
    expect(packetPayload(packet)).toHaveLength(3);
  });

  test.each([
    ['', { part: 'ethernet', problem: 'cut-short', needed: 14, found: 0, by: 'packet' }],
    [`${ethernet} 55`, { part: 'ipv4', problem: 'cut-short', needed: 20, found: 1, by: 'packet' }],
    [`${ethernet} 6500 ${ipv4.slice(5)}`, { part: 'ipv4', problem: 'wrong-version', version: 6 }],
    [
      `${ethernet} 4400 ${ipv4.slice(5)}`,
      { part: 'ipv4', problem: 'too-short', length: 16, least: 20 },
    ],
    [`${ethernet} ${ipv4}`, { part: 'ipv4', problem: 'wrong-length', length: 33, room: 20 }],
    [
      `${ethernet} ${ipv4} ${udp.replace('000d', '000e')}`,
      { part: 'udp', problem: 'wrong-length', length: 14, room: 13 },
    ],
  ])('notes what is wrong with %s', (hex, note) => {
    expect(decodePacket(bytesOf(hex), 'ethernet').notes).toContainEqual(note);
  });

  test('stops at an endless chain of extension headers', () => {
    const header = '6000 0000 0200 00 40 '.concat('00'.repeat(32));
    const packet = decodePacket(bytesOf(header, '0000000000000000'.repeat(64)), 'raw-ip');
    expect(packet.ipv6?.extensionHeaders).toHaveLength(16);
    expect(packet.notes).toContainEqual({
      part: 'ipv6-extension',
      problem: 'too-many',
      most: 16,
    });
  });

  test.each(recordings())(
    'returns plain data for $name, which survives JSON',
    ({ records, linkType }) => {
      for (const { data, length } of records) {
        const packet = decodePacket(data, linkType, length);
        expect(JSON.parse(JSON.stringify(packet))).toEqual(packet);
      }
    },
  );

  test('finds the direction of a packet of a cooked capture', () => {
    const { records, linkType } = recording('cooked.pcap');
    const types = records
      .slice(0, 2)
      .map(({ data }) => decodePacket(data, linkType).linuxCooked?.packetType);
    expect(types).toEqual(['host', 'outgoing']);
  });

  const seed = Number(process.env['CAPTURE_SEED'] ?? 20_260_102);
  test(`never throws, whatever the bytes, seed ${seed}`, () => {
    const random = seeded(seed);
    const all = recordings();
    for (let i = 0; i < 20_000; i += 1) {
      const { records } = all[random(all.length)] ?? { records: [] };
      const record = records[random(records.length)];
      if (record === undefined) continue;
      const sample = mutate(mutate(record, random), random);
      const linkType = (['ethernet', 'linux-sll2', 'raw-ip'] as const)[random(3)] ?? 'ethernet';
      const packet = decodePacket(sample.data, linkType, sample.length);
      expect(describePacket(packet)).toMatch(/^[\x20-\x7e]+$/);
      expect(packet.notes.length).toBeLessThan(40);
    }
  });
});
