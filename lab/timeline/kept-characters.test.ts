/** What a timeline keeps of much that its packets and log lines carry. */
import { expect, test } from 'vitest';
import type { LogEvent } from '../model/event.ts';
import { heapBytes } from '../util/testing/heap-bytes.ts';
import { at, call, endOf, leaves, passes } from './testing/by-hand.ts';
import { back, there } from './testing/connection.ts';
import { packetsOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

const log = (atMs: number, line: string): LogEvent => ({
  kind: 'log',
  atNs: at(atMs),
  host: 'h1',
  line,
});
const linesOf = ({ steps }: Timeline) =>
  steps.flatMap((step) => (step.kind === 'log' ? [step.log.line] : []));

test('of many long log lines the latest are kept whole, and the beginning of the others', () => {
  const timeline = new Timeline({ charactersKept: 1_000_000 });
  for (let number = 0; number < 100; number += 1) {
    timeline.add(log(number, `${number} ${'x'.repeat(50_000)}`));
  }
  const lines = linesOf(timeline);
  expect(lines).toHaveLength(100);
  expect(lines[0]).toMatch(/^0 x{1022}… \(50002 characters\)$/);
  expect(lines.at(-1)).toHaveLength(50_003);
  expect(lines.join('').length).toBeLessThan(1_000_000);
});

test('where even the beginnings are too much, the oldest steps are forgotten', () => {
  const timeline = new Timeline({ charactersKept: 100_000 });
  for (let number = 0; number < 1000; number += 1) {
    timeline.add(log(number, `${number} ${'x'.repeat(5000)}`));
  }
  const lines = linesOf(timeline);
  expect(lines.length).toBeLessThan(100);
  expect(lines.at(-1)).toMatch(/^999 /);
});

test('1,500 log lines of 128 kB take no more than the characters that are kept', () => {
  const before = heapBytes();
  const timeline = new Timeline();
  for (let number = 0; number < 1500; number += 1) {
    // Not `repeat`, which keeps one character and how often it comes.
    timeline.add(log(number, Buffer.alloc(131_072, `${number}`).toString()));
  }
  timeline.advance(at(60_000));
  timeline.takeSettled();
  expect(heapBytes() - before).toBeLessThan(128 * 2 ** 20);
  expect(timeline.steps).toHaveLength(1500);
});

test('packets whose payload is cut stay linked, and a page is told of the change', () => {
  const timeline = new Timeline({ charactersKept: 1_000_000, latenessMs: 0 });
  const large = { flags: 'PA', data: 'x'.repeat(30_000) };
  for (const event of passes(there(0, { ...large, seq: 1, id: 1 }))) timeline.add(event);
  const { revision } = timeline.changedSince(0);
  for (let number = 1; number < 30; number += 1) {
    const seq = 1 + number * 30_000;
    for (const event of passes(there(number, { ...large, seq, id: 1 + number })))
      timeline.add(event);
  }
  for (const event of passes(back(40, { flags: 'A', seq: 1, ack: 900_001 }))) timeline.add(event);
  timeline.end();
  const packets = packetsOf(timeline.steps);
  expect(packets.map(({ delivery }) => delivery)).toEqual(packets.map(() => 'arrived'));
  expect(packets).toHaveLength(31);
  expect(packets[0]?.packet).toMatchObject({ payloadLength: 30_000, capturedLength: 1590 });
  expect(atob(packets[0]?.packet.bytes ?? '')).toHaveLength(1590);
  const changed = timeline.changedSince(revision).steps.map(({ id }) => id);
  expect(changed).toContain(packets[0]?.id);
});

test('datagrams that a kernel took in one piece take no more than the characters that are kept', () => {
  const before = heapBytes();
  const timeline = new Timeline({ charactersKept: 24_000_000, latenessMs: 0 });
  const [local, peer] = [endOf('10.0.0.1:1000'), endOf('10.0.0.2:2000')];
  const socket = { fd: 3, protocol: 'udp', local } as const;
  const cut = { call: 'sendmsg', socket, peer, result: 60_000, segmentBytes: 30_000 } as const;
  for (let number = 0; number < 1000; number += 1) {
    const sent = { from: '10.0.0.1:1000', to: '10.0.0.2:2000', data: 'x'.repeat(60_000) };
    timeline.add(call('h1', number, { ...cut, data: { bytes: 60_000, preview: '' } }));
    timeline.add(leaves({ ...sent, atMs: number, id: 2 * number }));
  }
  // Long after it looks for what these may be paired with.
  timeline.add(log(600_000, 'later'));
  timeline.advance(at(700_000));
  timeline.takeSettled();
  const packets = packetsOf(timeline.steps);
  expect(packets).toHaveLength(2000);
  expect(packets.at(-1)).toMatchObject({ piece: { number: 2, count: 2 } });
  expect(packets[1]?.piece?.whole).toBe(packets[0]?.piece?.whole);
  expect(packets[0]?.piece?.whole).toMatchObject({ payloadLength: 60_000, capturedLength: 1578 });
  expect(heapBytes() - before).toBeLessThan(64 * 2 ** 20);
});
