/** Many packets with one key: of an unconnected UDP socket all have the IPv4 identification 0, over IPv6 all of a flow its label. */

import { expect, test } from 'vitest';
import type { LabEvent } from '../../model/event.ts';
import { arrives, fate, leaves, passes, type Sent } from '../testing/by-hand.ts';
import { there } from '../testing/connection.ts';
import { packetsOf, timelineOf } from '../testing/recorded.ts';

const COUNT = 300;
const sent = (dataOf: (n: number) => string) =>
  Array.from({ length: COUNT }, (_, n) => there(n, { data: dataOf(n) }));
const different = sent((n) => `message ${n}`);
const equal = sent(() => 'same');

/** How many packets there are of each delivery. */
function deliveries(events: readonly LabEvent[]): Record<string, number> {
  const packets = packetsOf(timelineOf(events).steps);
  const groups = Object.groupBy(packets, ({ delivery }) => delivery);
  return Object.fromEntries(Object.entries(groups).map(([name, all]) => [name, all.length]));
}

test.each([
  ['different datagrams', different],
  ['equal datagrams', equal],
])('each of many %s is one packet, which arrives once', (_, all) => {
  expect(deliveries(all.flatMap((one) => passes(one)))).toEqual({ arrived: COUNT });
  const [leaving, arriving] = [all.map((one) => leaves(one)), all.map((one) => arrives(one))];
  expect(deliveries([...leaving, ...arriving])).toEqual({ arrived: COUNT });
});

test.each([
  ['different datagrams', different],
  ['equal datagrams', equal],
])('each of many %s has its own fate', (_, all) => {
  const end = (one: Sent, n: number, afterMs?: number) =>
    fate(one, n % 3 === 0 ? 'lost' : 'delivered', afterMs);
  const third = { arrived: (COUNT * 2) / 3, lost: COUNT / 3 };
  expect(deliveries(all.flatMap((one, n) => [...passes(one), end(one, n)]))).toEqual(third);
  const held = all.flatMap((one) => [...passes(one), fate(one, 'held')]);
  const ends = all.map((one, n) => end(one, n, 60_000));
  expect(deliveries([...held, ...ends])).toEqual(third);
});
