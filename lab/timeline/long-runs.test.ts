/** What a timeline still has to know after more than it can remember. */
import { expect, test } from 'vitest';
import type { LabEvent } from '../model/event.ts';
import { arrives, leaves, passes } from './testing/by-hand.ts';
import { back, handshake, there } from './testing/connection.ts';
import { packetsOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

function* otherServers(count: number): Generator<LabEvent> {
  for (let number = 0; number < count; number += 1) {
    const to = `10.0.0.2:${10_000 + number}`;
    yield* passes(there(number, { to, flags: 'S', seq: number, id: number }));
  }
}

test('a server that comes after a thousand others is known as one', () => {
  const timeline = new Timeline({ conversationsKept: 10, stepsKept: 100 });
  for (const event of otherServers(1100)) timeline.add(event);
  const [client, server] = ['10.0.0.1:40000', '10.0.0.2:50000'];
  for (const event of handshake(2000, 100, client)) timeline.add(event);
  // Of a connection that was there before, the server is heard first; its port is not the lower one.
  const data = back(3000, { from: server, to: '10.0.0.1:2000', flags: 'PA', seq: 1, data: 'x' });
  for (const event of passes(data)) timeline.add(event);
  timeline.end();
  expect(timeline.conversations.at(-1)).toMatchObject({
    client: { port: 2000 },
    server: { port: 50_000 },
  });
});

test('a flow that never pauses is complete, however many packets came after its first one', () => {
  const timeline = new Timeline({ conversationsKept: 10, stepsKept: 100, latenessMs: 0 });
  // Over IPv6 all packets of a flow have one key.
  const flow = (atMs: number) => ({
    atMs,
    from: 'fd00::1:1000',
    to: 'fd00::2:50000',
    data: `${atMs}`,
    id: 7,
  });
  const [before, after] = [50_000, 5000];
  for (let number = 0; number < before + after; number += 1) {
    const atMs = number / 4;
    if (number % 2000 === 0) for (const event of passes(flow(atMs))) timeline.add(event);
    timeline.add(leaves(there(atMs, { data: 'x', id: number & 0xffff })));
    if (number !== before - 1) continue;
    timeline.add(leaves(flow(atMs + 0.1)));
  }
  timeline.add(arrives(flow((before - 1) / 4 + 0.1), 1300));
  timeline.end();
  const last = packetsOf(timeline.steps).filter(({ packet }) => packet.ipv6);
  expect(last.every(({ packet, delivery }) => packet.ipv6 && delivery === 'arrived')).toBe(true);
  expect(last.filter(({ host }) => host === 'h2')).toEqual([]);
});
