import { expect, test } from 'vitest';
import type { LabEvent } from '../lab/index.ts';
import { Sampler } from './sampler.ts';
import { lossyStory, tcpClient, tcpConversation, tcpServer } from './testing/stories.ts';
import { Story } from './testing/story.ts';

function conversations(count: number): LabEvent[][] {
  return Array.from({ length: count }, (_, i) => {
    const story = new Story();
    tcpConversation(story, { clientPort: 40_000 + i });
    return story.events.filter(({ kind }) => kind === 'packet');
  });
}

test('shows everything as long as a person can follow', () => {
  const sampler = new Sampler(500);
  expect(lossyStory().events.every((event) => sampler.admits(event, 0))).toBe(true);
});

test('shows about as much as is wanted when there is more', () => {
  const sampler = new Sampler(500);
  for (let second = 0; second < 10; second += 1) {
    for (const [i, events] of conversations(120).entries()) {
      for (const event of events) sampler.admits(event, second * 1000 + i * 8);
    }
  }
  const { seen, shown } = sampler.rate(10_000);
  expect(seen).toBeGreaterThan(1500);
  expect(shown).toBeGreaterThan(200);
  expect(shown).toBeLessThan(750);
});

test('takes or leaves a conversation as a whole', () => {
  const sampler = new Sampler(500);
  for (const events of conversations(120)) for (const event of events) sampler.admits(event, 0);
  const shares = conversations(120).map((events) => {
    const shown = events.filter((event) => sampler.admits(event, 1000)).length;
    return shown / events.length;
  });
  expect(shares.filter((share) => share === 0 || share === 1).length).toBeGreaterThan(110);
});

test('shows both ends of a packet or none, also of one conversation that is too much alone', () => {
  const sampler = new Sampler(100);
  const story = new Story();
  const ports = { fromPort: 40_000, toPort: 50_000, data: 'x' };
  for (let i = 0; i < 2000; i += 1) story.packet(tcpClient, tcpServer, ports);
  story.events.slice(0, 1000).forEach((event) => void sampler.admits(event, 0));
  const shown = story.events.slice(1000).map((event) => sampler.admits(event, 1000));
  const pairs = Array.from({ length: shown.length / 2 }, (_, i) => [
    shown[2 * i],
    shown[2 * i + 1],
  ]);
  const split = pairs.filter(([out, arrived]) => out !== arrived).length;
  expect(split).toBeLessThan(pairs.length / 50);
  expect(pairs.some(([out]) => out)).toBe(true);
});

test('always shows faults and logs', () => {
  const sampler = new Sampler(10);
  for (const events of conversations(20)) for (const event of events) sampler.admits(event, 0);
  const story = new Story().fault('a', 'applied', { kind: 'loss', percent: 30 }).log('a', 'line');
  expect(story.events.every((event) => sampler.admits(event, 1))).toBe(true);
});
