import { expect, test } from 'vitest';
import { linkLocalOf } from './link-local.ts';

test.each([
  ['02:42:c0:a8:c0:0c', 'fe80::42:c0ff:fea8:c00c'],
  ['3A:27:B6:90:91:39', 'fe80::3827:b6ff:fe90:9139'],
  ['02:00:00:00:00:01', 'fe80::ff:fe00:1'],
  ['', undefined],
  ['02:42', undefined],
])('of %s it is %s', (mac, address) => {
  expect(linkLocalOf(mac)).toBe(address);
});
