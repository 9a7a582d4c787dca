import { expect, test } from 'vitest';
import { addressBytes, addressText } from './address.ts';

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::', '::'],
  ['::1', '::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['fd93:0:0:1::', 'fd93:0:0:1::'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
])('the address %s is %s', (text, canonical) => {
  expect(addressText(addressBytes(text) ?? Buffer.alloc(0))).toBe(canonical);
});

test('a text that is no address has no bytes', () => {
  expect(['', 'tcp-server', '1.2.3', ':::'].map(addressBytes)).toEqual(Array(4).fill(undefined));
});
