import { expect, test } from 'vitest';
import { optionNames } from './option-names.ts';

test.each([
  [0, 35, 'SOL_IP', 'IP_ADD_MEMBERSHIP'],
  [1, 13, 'SOL_SOCKET', 'SO_LINGER'],
  [1, 25, 'SOL_SOCKET', 'SO_BINDTODEVICE'],
  [1, 60, 'SOL_SOCKET', 'SO_ZEROCOPY'],
  [1, 66, 'SOL_SOCKET', 'SO_RCVTIMEO'],
  [6, 18, 'SOL_TCP', 'TCP_USER_TIMEOUT'],
  [6, 37, 'SOL_TCP', 'TCP_TX_DELAY'],
  [17, 103, 'SOL_UDP', 'UDP_SEGMENT'],
  [41, 26, 'SOL_IPV6', 'IPV6_V6ONLY'],
  [6, 15, 'SOL_TCP', '0xf'],
  [263, 1, '0x107', '0x1'],
])('option %i, %i is named as in the kernel', (level, option, levelName, optionName) => {
  expect(optionNames(level, option)).toEqual({ level: levelName, option: optionName });
});
