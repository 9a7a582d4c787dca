import { expect, test } from 'vitest';
import { sentenceOf } from '../../../explain/testing/words-of.ts';
import { passes, type Sent } from '../../testing/by-hand.ts';
import { back, handshake, there } from '../../testing/connection.ts';
import { packetsOf, timelineOf } from '../../testing/recorded.ts';

const data = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
const ack = (atMs: number, window: number) =>
  back(atMs, { flags: 'A', seq: 501, ack: 102, window, id: atMs });

function lastSentence(...sent: Sent[]): string | undefined {
  const { steps } = timelineOf([...handshake(0, 100), ...sent.flatMap(passes)]);
  return sentenceOf(packetsOf(steps).at(-1));
}

test('an ACK that acknowledges nothing new and has a bigger window is a window update', () => {
  expect(lastSentence(data, ack(2, 0))).toContain('It has no room for more (window 0)');
  expect(lastSentence(data, ack(2, 0), ack(9, 800))).toMatch(/^h2's .* \(window update\)/);
});

test('an ACK of something new is none, whatever its window', () => {
  expect(lastSentence(data, ack(2, 5000))).toMatch(/acknowledges the first 1 byte\. No call/);
});

test('an ACK whose window is smaller is none', () => {
  expect(lastSentence(data, ack(2, 800), ack(9, 400))).not.toContain('window update');
});

test('the window of a SYN cannot be compared, as it is not scaled', () => {
  const first = back(1, { flags: 'A', seq: 501, ack: 101, window: 2000, id: 9 });
  expect(lastSentence(first)).not.toContain('window update');
});

test('a window update says how many bytes there is room for, scaled where both SYNs announce a scale', () => {
  expect(lastSentence(data, ack(2, 0), ack(9, 800))).toContain('room for 800 bytes more now');
  const scaled = (event: ReturnType<typeof passes>[number]) => {
    const { tcp } = event.packet;
    const options = tcp?.flags.syn ? [{ kind: 'window-scale', shift: 7 } as const] : [];
    return { ...event, packet: { ...event.packet, ...(tcp && { tcp: { ...tcp, options } }) } };
  };
  const events = [...handshake(0, 100), ...[data, ack(2, 0), ack(9, 800)].flatMap(passes)];
  const told = timelineOf(events.map((event) => (event.kind === 'packet' ? scaled(event) : event)));
  expect(sentenceOf(packetsOf(told.steps).at(-1))).toContain('room for 102400 bytes more now');
  const joined = timelineOf([data, ack(2, 0), ack(9, 800)].flatMap(passes));
  expect(sentenceOf(packetsOf(joined.steps).at(-1))).toContain('room for more now');
});
