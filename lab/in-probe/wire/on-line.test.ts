import { expect, test } from 'vitest';
import type { Headers } from './headers.ts';
import { ICMP, TCP, UDP } from './headers.ts';
import { lengthsOnLine } from './on-line.ts';

const headers = (version: 4 | 6, end: number, protocol = UDP): Headers => {
  const transportAt = version === 4 ? 20 : 40;
  return { version, protocol, sourceAt: 12, transportAt, end, isFragment: false };
};
const lengths = (one: Headers, mtu: number | undefined = 1500) => lengthsOnLine(one, () => mtu);

test('what fits into a packet is one', () => {
  expect(lengths(headers(4, 1500))).toEqual([1500]);
  expect(lengths(headers(6, 1500))).toEqual([1500]);
});

test('a datagram of 6,000 bytes is five packets, in both families', () => {
  // As tcpdump shows them: 8 bytes of UDP and 6,000 of payload.
  expect(lengths(headers(4, 20 + 6008))).toEqual([1500, 1500, 1500, 1500, 108]);
  expect(lengths(headers(6, 40 + 6008))).toEqual([1496, 1496, 1496, 1496, 264]);
  expect(lengths(headers(4, 20 + 6008, ICMP))).toHaveLength(5);
});

test('what is as long as the last fragment makes no empty one behind it', () => {
  expect(lengths(headers(4, 20 + 2 * 1480))).toEqual([1500, 1500]);
});

test('a TCP segment is never a datagram in fragments, and without an MTU nothing is known', () => {
  expect(lengths(headers(4, 20 + 6000, TCP))).toEqual([6020]);
  expect(lengthsOnLine(headers(4, 6000), () => undefined)).toEqual([6000]);
});
