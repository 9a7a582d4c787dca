/** What a timeline keeps of much that its packets and log lines carry. */
import { expect, test } from 'vitest';
import type { LogEvent } from '../model/event.ts';
import { heapBytes } from '../util/testing/heap-bytes.ts';
import { at, passes } from './testing/by-hand.ts';
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
