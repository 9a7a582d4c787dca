/** What answers a segment that was only sent to be answered. */
import { expect, test } from 'vitest';
import { leaves, passes } from '../../testing/by-hand.ts';
import { back, handshake, there } from '../../testing/connection.ts';
import { linkedSteps, packetsOf, timelineOf } from '../../testing/recorded.ts';

const data = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
const probe = (atMs: number) => there(atMs, { flags: 'A', seq: 101, ack: 501, id: atMs });
const answer = (atMs: number, window = 1000) =>
  back(atMs, { flags: 'A', seq: 501, ack: 102, window, id: atMs });

/** Times of the probes, and of what each of them caused. */
function answersIn(...events: Parameters<typeof timelineOf>[0][]) {
  const { steps } = timelineOf([...handshake(0, 100), ...events.flatMap((list) => [...list])]);
  const probes = packetsOf(steps).filter(({ packet }) => {
    return (
      packet.tcp?.sequenceNumber === 101 && packet.payloadLength === 0 && !packet.tcp.flags.syn
    );
  });
  return probes
    .slice(1)
    .map((step) =>
      linkedSteps(steps, step, 'caused').map(
        ({ atNs }) => Number(BigInt(atNs) / 1_000_000n) % 100_000,
      ),
    );
}

test.each([
  ['keep-alive', 1000],
  ['window-probe', 0],
])('each %s is linked with its own answer', (_, window) => {
  const first = [...passes(data), ...passes(answer(2, window))];
  const rounds = [20_000, 40_000].flatMap((atMs) => [
    ...passes(probe(atMs)),
    ...passes(answer(atMs + 1, window)),
  ]);
  expect(answersIn(first, rounds)).toEqual([[20_001], [40_001]]);
});

test('a probe that did not arrive, or was answered already, is not linked with a later ACK', () => {
  const first = [...passes(data), ...passes(answer(2))];
  const later = there(60_000, { flags: 'PA', seq: 102, ack: 501, data: 'y', id: 9 });
  const muchLater = passes({ ...answer(60_001), ack: 103 });
  expect(answersIn(first, [leaves(probe(20_000))], passes(later), muchLater)).toEqual([[]]);
  const twice = [...passes(answer(20_001)), ...passes({ ...answer(20_002), id: 5 })];
  expect(answersIn(first, passes(probe(20_000)), twice)).toEqual([[20_001]]);
});
