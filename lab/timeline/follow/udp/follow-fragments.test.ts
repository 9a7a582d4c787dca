import { expect, test } from 'vitest';
import type { PacketEvent } from '../../../model/event.ts';
import type { Packet } from '../../../model/packet.ts';
import { fate, passes } from '../../testing/by-hand.ts';
import { there } from '../../testing/connection.ts';
import { packetsOf, timelineOf } from '../../testing/recorded.ts';

const datagram = there(0.1, { data: 'x'.repeat(16), id: 7 });

/** The same datagram as one of its fragments: only the first has its ports. */
function fragment(events: readonly PacketEvent[], fragmentOffset: number): PacketEvent[] {
  return events.map((event) => {
    const { udp, ipv4, ...rest } = event.packet;
    const isFirst = fragmentOffset === 0;
    const header = { ...ipv4, moreFragments: isFirst, fragmentOffset };
    const packet = { ...rest, ipv4: header, ...(isFirst && { udp }) } as Packet;
    return { ...event, packet };
  });
}

test('a lost fragment that left before the first one is of its conversation, and counted among its losses', () => {
  const second = fragment(passes({ ...datagram, atMs: 0 }), 24);
  const first = fragment(passes(datagram), 0);
  const lost = fate(datagram, 'lost', 0.2);
  const { steps, conversations } = timelineOf([...second, ...first, lost]);
  expect(packetsOf(steps).map(({ delivery }) => delivery)).toEqual(['lost', 'lost']);
  expect(conversations).toMatchObject([{ packets: 2, lost: 2 }]);
});
