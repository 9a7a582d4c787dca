import { describe, expect, test } from 'vitest';
import { attribute, eachAttribute, errnoOf, messages, request } from './netlink.ts';

// As read from a Linux 6.18 kernel: the acknowledgement of a bind to queue 50.
const acknowledgement = Buffer.from(
  '24000000020000010100000075350000000000001c000000020305000100000000000000',
  'hex',
);

describe('netlink messages', () => {
  test('are read as the kernel writes them', () => {
    const [message] = messages(acknowledgement);
    expect(message).toMatchObject({ type: 2, sequence: 1 });
    expect(message && errnoOf(message)).toBe(0);
  });

  test('name the error of a refused request', () => {
    const refused = Buffer.from(acknowledgement);
    refused.writeInt32LE(-1, 16);
    expect(messages(refused).map(errnoOf)).toEqual([1]);
  });

  test('are found one behind the other, at multiples of four', () => {
    const odd = request({ type: 1, flags: 0, sequence: 7, body: Buffer.from([1]) });
    const both = Buffer.concat([odd, Buffer.alloc(3), acknowledgement]);
    expect(messages(both).map(({ sequence }) => sequence)).toEqual([7, 1]);
  });

  test('end where they are cut short', () => {
    for (let length = 0; length < acknowledgement.length; length += 1) {
      expect(messages(acknowledgement.subarray(0, length))).toEqual([]);
    }
  });

  test('with an impossible length end the reading', () => {
    for (const length of [0, 15, 0xffff_ffff]) {
      const bytes = Buffer.from(acknowledgement);
      bytes.writeUInt32LE(length, 0);
      expect(messages(bytes)).toEqual([]);
    }
  });
});

describe('netlink attributes', () => {
  test('come back as they were written', () => {
    const bytes = Buffer.concat([
      attribute(3, Buffer.from('abcde')),
      attribute(4, Buffer.alloc(0)),
    ]);
    const found: [number, string][] = [];
    eachAttribute(bytes, (type, value) => found.push([type, value.toString()]));
    expect(bytes).toHaveLength(16);
    expect(found).toEqual([
      [3, 'abcde'],
      [4, ''],
    ]);
  });

  test('with an impossible length end the reading', () => {
    const found: number[] = [];
    for (const length of [0, 3, 9]) {
      const bytes = attribute(3, Buffer.from('abcd'));
      bytes.writeUInt16LE(length, 0);
      eachAttribute(bytes, (type) => found.push(type));
    }
    expect(found).toEqual([]);
  });
});
