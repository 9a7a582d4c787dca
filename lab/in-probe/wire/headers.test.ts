import { describe, expect, test } from 'vitest';
import { transportSum } from './checksum.ts';
import { headersOf, ICMP, TCP, UDP } from './headers.ts';
import { identityOf } from './packet.ts';
import { packet, packetBytes } from './testing/packets.ts';

// A datagram "x0" as the kernel queued it.
const recorded = Buffer.from('RQAAHqlRQABAEXzBCl0AAQpdAALlXxOIAAp6BXgw', 'base64');
const six = { from: '2001:db8::1', to: '2001:db8::2' };

describe('the headers of a packet', () => {
  test('are found in a datagram from a real network', () => {
    const headers = headersOf(recorded);
    expect(headers).toMatchObject({ version: 4, protocol: UDP, fromPort: 58_719, toPort: 5000 });
    expect(recorded.subarray(headers?.payloadAt, headers?.end).toString()).toBe('x0');
    expect(headers && transportSum(recorded, headers)).toBe(0xffff);
  });

  test.each([
    [{ protocol: TCP }, 40, 45],
    [{ protocol: UDP }, 28, 33],
    [{ protocol: TCP, ...six }, 60, 65],
    [{ protocol: UDP, ...six }, 48, 53],
  ])('say where the payload of %o begins and ends', (made, payloadAt, end) => {
    expect(headersOf(packetBytes(made))).toMatchObject({ payloadAt, end, fromPort: 40_000 });
  });

  test('of ICMP have no ports', () => {
    expect(headersOf(packetBytes({ protocol: ICMP }))?.fromPort).toBeUndefined();
  });

  test('behind extension headers are found, and those of a later fragment are not looked for', () => {
    const plain = packetBytes(six);
    const extended = (offset: number) => {
      const fragment = Buffer.from([UDP, 0, offset >> 8, offset & 0xff, 0, 0, 0, 1]);
      const bytes = Buffer.concat([plain.subarray(0, 40), fragment, plain.subarray(40)]);
      bytes.writeUInt8(44, 6);
      bytes.writeUInt16BE(bytes.length - 40, 4);
      return headersOf(bytes);
    };
    expect(extended(1)).toMatchObject({ isFragment: true, toPort: 50_000, payloadAt: 56 });
    expect(extended(8)).toMatchObject({ isFragment: true, protocol: UDP, transportAt: 48 });
    expect(extended(8)?.toPort).toBeUndefined();
  });

  test('of a packet that is cut or mutated are left out or within it, and nothing throws', () => {
    for (const made of [{ protocol: TCP }, six]) {
      const whole = packetBytes(made);
      for (let length = 0; length <= whole.length; length += 1) {
        for (const value of [0, 1, 44, 60, 255]) {
          const bytes = Buffer.from(whole.subarray(0, length));
          if (length > 0) bytes.writeUInt8(value, (length * 7) % length);
          const headers = headersOf(bytes);
          expect(headers?.end ?? 0).toBeLessThanOrEqual(length);
          expect(headers?.payloadAt ?? 0).toBeLessThanOrEqual(headers?.end ?? 0);
        }
      }
    }
  });
});

test('a packet is identified by addresses, ports, identification and sequence number', () => {
  expect(identityOf(packet({ ...six, protocol: TCP }))).toEqual({
    ...six,
    protocol: 'tcp',
    fromPort: 40_000,
    toPort: 50_000,
    ipId: 0xabcde,
    tcpSequence: 0,
    length: 65,
  });
});
