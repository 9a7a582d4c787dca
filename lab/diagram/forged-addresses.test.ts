import { expect, test } from 'vitest';
import { PacketsOnce } from '../explain/packet-file/packets-once.ts';
import type { PacketEvent } from '../model/event.ts';
import { leaves } from '../timeline/testing/by-hand.ts';
import { heapBytes } from '../util/testing/heap-bytes.ts';
import { Cast } from './cast.ts';
import { hostStep, packetStep } from './testing/steps.ts';

const COUNT = 30_000;
const forged = (number: number) => `forged-${number}-${'x'.repeat(100)}`;

test('the cast of a diagram does not remember 30,000 forged addresses, and knows a host that comes after them', () => {
  const cast = new Cast();
  const before = heapBytes();
  for (let number = 0; number < COUNT; number += 1) {
    const step = packetStep(number / 100, `${forged(number)} > server`, 'SYN');
    cast.learn([{ ...step, host: 'server' }]);
  }
  cast.learn([hostStep('late', '10.0.0.9')]);
  expect(heapBytes() - before).toBeLessThan(6 * 2 ** 20);
  expect(cast.addressOf('late')).toBe('10.0.0.9');
});

test('a file of packets does not remember 30,000 forged senders', () => {
  const packets = new PacketsOnce();
  const one = leaves({ atMs: 0, from: '10.0.0.1:1', to: '10.0.0.2:2' });
  const before = heapBytes();
  for (let number = 0; number < COUNT; number += 1) {
    const source = forged(number);
    const packet = { ...one.packet, ipv4: { ...one.packet.ipv4, source } } as PacketEvent['packet'];
    packets.event({ ...one, packet });
    for (const _ of packets.take());
  }
  expect(heapBytes() - before).toBeLessThan(3 * 2 ** 20);
  packets.event(one);
  expect([...packets.take()]).toHaveLength(1);
});
