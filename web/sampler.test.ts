import { expect, test } from 'vitest';
import type { LabEvent } from '../lab/index.ts';
import { Sampler } from './sampler.ts';
import { lossyStory, tcpClient, tcpConversation, tcpServer } from './testing/stories.ts';
import { Story } from './testing/story.ts';

const CONVERSATIONS = 120;

function conversations(count: number): LabEvent[][] {
  return Array.from({ length: count }, (_, i) => {
    const story = new Story();
    tcpConversation(story, { clientPort: 40_000 + i });
    return story.events.filter(({ kind }) => kind === 'packet');
  });
}

/** Packets of one conversation, each as it was sent and as it arrived. */
function bulk(packets: number): LabEvent[] {
  const story = new Story();
  for (let i = 0; i < packets; i += 1) {
    story.packet(tcpClient, tcpServer, { fromPort: 40_000, toPort: 50_000, data: 'x' });
  }
  return story.events;
}

/** A second with far more events than 500. @returns for each conversation, how many events it has and how many were shown. */
function flood(sampler: Sampler, second: number) {
  return conversations(CONVERSATIONS).map((events, i) => {
    const nowMs = second * 1000 + (i * 1000) / CONVERSATIONS;
    const shown = events.filter((event) => sampler.admits(event, nowMs)).length;
    return { events: events.length, shown };
  });
}

const shownOf = (counts: readonly { shown: number }[]) =>
  counts.reduce((sum, { shown }) => sum + shown, 0);

test('all events are shown while there are few enough to follow', () => {
  const sampler = new Sampler(500);
  expect(lossyStory().events.every((event) => sampler.admits(event, 0))).toBe(true);
});

test('of a flood about the wanted number of events is shown, in its first second as in its tenth', () => {
  const sampler = new Sampler(500);
  for (let second = 0; second < 10; second += 1) {
    const shown = shownOf(flood(sampler, second));
    expect(shown, `second ${second}`).toBeGreaterThan(200);
    expect(shown, `second ${second}`).toBeLessThan(750);
    const rate = sampler.rate((second + 1) * 1000);
    expect(rate.shown).toBe(shown);
    expect(rate.seen).toBeGreaterThan(1500);
  }
});

test('what is shown of a second flood is spread over the whole second', () => {
  const sampler = new Sampler(500);
  flood(sampler, 0);
  const counts = flood(sampler, 1);
  const half = CONVERSATIONS / 2;
  const share = shownOf(counts.slice(half)) / shownOf(counts);
  expect(share).toBeGreaterThan(0.3);
  expect(share).toBeLessThan(0.7);
});

test('a flood after a quiet second is thinned out as much as the first one', () => {
  const sampler = new Sampler(500);
  const first = shownOf(flood(sampler, 0));
  sampler.rate(5000);
  expect(shownOf(flood(sampler, 10))).toBe(first);
});

test('conversations are shown or left out as a whole, and both occur', () => {
  const sampler = new Sampler(500);
  flood(sampler, 0);
  const counts = flood(sampler, 1);
  const whole = counts.filter(({ events, shown }) => shown === events).length;
  const none = counts.filter(({ shown }) => shown === 0).length;
  expect(whole).toBeGreaterThan(CONVERSATIONS / 10);
  expect(none).toBeGreaterThan(CONVERSATIONS / 10);
  expect(whole + none).toBeGreaterThan(CONVERSATIONS - 10);
});

test('a conversation that goes on for long is not split because of what it sent in earlier seconds', () => {
  const sampler = new Sampler(500);
  const packets = bulk(10);
  const shown = new Set<number>();
  for (let second = 0; second < 60; second += 1) {
    const count = packets.filter((event) => sampler.admits(event, second * 1000)).length;
    flood(sampler, second);
    if (second > 30) shown.add(count);
  }
  expect(shown.size).toBeGreaterThan(0);
  expect([...shown].filter((count) => count !== 0 && count !== packets.length)).toEqual([]);
});

test('a conversation that is too much by itself is thinned out by packets, both ends of one or neither', () => {
  const sampler = new Sampler(100);
  const events = bulk(2000);
  for (const event of events.slice(0, 1000)) sampler.admits(event, 0);
  const shown = events.slice(1000).map((event) => sampler.admits(event, 1000));
  const pairs = Array.from({ length: shown.length / 2 }, (_, i) => shown.slice(2 * i, 2 * i + 2));
  const split = pairs.filter(([sent, arrived]) => sent !== arrived).length;
  expect(split).toBe(0);
  const whole = pairs.filter(([sent, arrived]) => sent && arrived).length;
  expect(whole).toBeGreaterThan(0);
  expect(whole).toBeLessThan(pairs.length / 5);
});

test('a packet arrives where it was shown to leave, and a call returns, whatever came between', () => {
  const sampler = new Sampler(100);
  const story = new Story();
  story.packet(tcpClient, tcpServer, { fromPort: 40_000, toPort: 50_000, data: 'x' });
  story.waiting('tcp-server', { call: 'accept', arguments: {} })({ result: 20 });
  const [left, arrived, waits, returned] = story.events as [LabEvent, LabEvent, LabEvent, LabEvent];
  expect([left, waits].map((event) => sampler.admits(event, 0))).toEqual([true, true]);
  for (let second = 0; second < 3; second += 1) flood(sampler, second);
  expect([arrived, returned].map((event) => sampler.admits(event, 3000))).toEqual([true, true]);
});

test('faults and log lines are always shown', () => {
  const sampler = new Sampler(10);
  for (const events of conversations(20)) for (const event of events) sampler.admits(event, 0);
  const story = new Story().fault('a', 'applied', { kind: 'loss', percent: 30 }).log('a', 'line');
  expect(story.events.every((event) => sampler.admits(event, 1))).toBe(true);
});
