import { expect, test } from 'vitest';
import type { Packet } from '../model/packet.ts';
import { isForHost } from './is-for-host.ts';

const OWN = '02:42:ac:14:00:02';
const OTHERS = ['02:42:ac:14:00:03', '02:42:ac:14:00:04'] as const;

test.each([
  ['what it sends', OWN, OTHERS[0], true],
  ['what is for it', OTHERS[0], OWN, true],
  ['what is for all', OTHERS[0], 'ff:ff:ff:ff:ff:ff', true],
  ['what is for a group', OTHERS[0], '33:33:00:00:00:16', true],
  ['what a bridge sends to all, as it does not know better', ...OTHERS, false],
])("a host's own business is %s", (_, source, destination, isOwn) => {
  const packet = { ethernet: { source, destination } } as Packet;
  expect(isForHost(packet, OWN)).toBe(isOwn);
});

test('every packet is for a host whose hardware address is unknown', () => {
  const [source, destination] = OTHERS;
  expect(isForHost({ ethernet: { source, destination } } as Packet, '')).toBe(true);
  expect(isForHost({} as Packet, OWN)).toBe(true);
});
