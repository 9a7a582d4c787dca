/** What a page gets of the events, whenever it comes and however slow it is. */
import { expect, test } from 'vitest';
import type { LabEvent } from '../lab/index.ts';
import type { WaitingPacket, WaitingPackets } from './actions.ts';
import type { HeldList, Timing } from './messages.ts';
import { servePage } from './server.ts';
import { ask } from './testing/ask.ts';
import { EventStream } from './testing/event-stream.ts';
import { FakeLab } from './testing/fake-lab.ts';
import { line, linesOf } from './testing/lines.ts';
import { Feed } from './testing/sources.ts';
import { tcpConversation } from './testing/stories.ts';
import { Story } from './testing/story.ts';

test('a recording is sent whole, however much it is', async () => {
  const story = new Story();
  for (let i = 0; i < 800; i += 1) tcpConversation(story.wait(1), { clientPort: 30_000 + i });
  const { events } = story;
  expect(events.length).toBeGreaterThan(20_000);
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0 });
  feed.push(...events);
  feed.end();
  await using stream = await EventStream.open(page.url);
  const sent: unknown[] = [];
  while (sent.length < events.length) {
    const { name, data } = await stream.next('events', 'gap', 'end');
    expect(name).toBe('events');
    sent.push(...(data as { events: unknown[] }).events);
  }
  expect(sent).toEqual(events);
});

test('a page that reconnects gets the events after its last one, without a gap', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0 });
  feed.push(line(1), line(2));
  const first = await EventStream.open(page.url);
  const { id, data } = await first.next('events');
  await first[Symbol.asyncDispose]();
  feed.push(line(3), line(4));
  await using second = await EventStream.open(page.url, `after=${id}`);
  const lines = [...linesOf(data), ...linesOf((await second.next('events')).data)];
  expect(lines).toEqual(['1', '2', '3', '4']);
});

test('a page that reconnects too late is told how many events it missed', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0, maxEvents: 3 });
  feed.push(...[1, 2, 3, 4, 5, 6].map((number) => line(number)));
  feed.end();
  await using stream = await EventStream.open(page.url, 'after=1');
  expect((await stream.next('gap')).data).toEqual({ missed: 2, standing: [] });
  expect(linesOf((await stream.next('events')).data)).toEqual(['4', '5', '6']);
});

test('a page that comes late gets the current state, and the number of events that are no longer kept', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0, maxEvents: 2 });
  const host: LabEvent = {
    kind: 'host',
    host: 'a',
    atNs: '1',
    state: 'running',
    addresses: ['172.18.0.2'],
  };
  feed.push(host, ...[2, 3, 4, 5].map((number) => line(number)));
  feed.end();
  await using stream = await EventStream.open(page.url);
  expect(await stream.next('gap')).toMatchObject({ id: 3, data: { missed: 2, standing: [host] } });
  expect(linesOf((await stream.next('events')).data)).toEqual(['4', '5']);
  const { body } = await ask(`${page.url}save/socketlab.jsonl`);
  const [, ...saved] = body.trimEnd().split('\n');
  expect(saved.map((line) => JSON.parse(line))).toEqual([host, line(4), line(5)]);
  const capture = await ask(`${page.url}save/socketlab.pcapng`);
  // The name of an interface: option 2 of its block.
  expect(capture.body).toContain('\u0002\0\u0001\0a');
  // Who has seen it all along is told only what it missed.
  await using back = await EventStream.open(page.url, 'after=2');
  expect((await back.next('gap')).data).toEqual({ missed: 1, standing: [] });
});

test('a page that cannot keep up gets the newest events, and what still holds of those before', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0 });
  const { events } = new Story().host({ name: 'a', address: '172.18.0.2' });
  feed.push(...events, ...Array.from({ length: 2000 }, (_, number) => line(number)));
  feed.end();
  await using stream = await EventStream.open(page.url, 'newest');
  expect((await stream.next('gap')).data).toEqual({ missed: 1500, standing: events });
  const { data, id } = await stream.next('events');
  expect(linesOf(data)).toHaveLength(500);
  expect(linesOf(data).at(-1)).toBe('1999');
  expect(id).toBe(2001);
});

test('a page is told how far it is behind while it is sent what has gathered', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0 });
  feed.push(...Array.from({ length: 600 }, (_, number) => line(number)));
  feed.end();
  await using stream = await EventStream.open(page.url);
  const behind = async () => {
    const { timing } = (await stream.next('events')).data as { timing: Timing };
    return timing.behindMs;
  };
  expect(await behind()).toBeGreaterThan(0);
  expect(await behind()).toBe(0);
});

test('nothing is queued for a page that does not read', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0, maxEvents: 100 });
  await using stream = await EventStream.open(page.url);
  await stream.next('hello');
  stream.response.pause();
  const filling = 'x'.repeat(10_000);
  for (let round = 0; round < 20; round += 1) {
    feed.push(...Array.from({ length: 200 }, (_, i) => line(round * 200 + i, filling)));
    await new Promise(setImmediate);
  }
  feed.end();
  stream.response.resume();
  const { missed } = (await stream.next('gap')).data as { missed: number };
  expect(missed).toBeGreaterThan(0);
  await stream.next('end');
});

test('the page is told why its source ended', async () => {
  async function* broken(): AsyncGenerator<LabEvent> {
    yield line(1);
    throw new Error('The engine went away');
  }
  await using page = await servePage(broken(), undefined, { port: 0 });
  await using stream = await EventStream.open(page.url);
  expect((await stream.next('end')).data).toEqual({ trouble: 'The engine went away' });
});

test('held packets that come together are sent as one list', async () => {
  const many = 200;
  class BusyLab extends FakeLab {
    override async hold(options: { from: string; to: string }): Promise<WaitingPackets> {
      const hold = await super.hold(options);
      const packets = hold[Symbol.asyncIterator]();
      const { value } = await packets.next();
      return Object.assign(hold, {
        async *[Symbol.asyncIterator]() {
          for (let i = 0; i < many; i += 1) yield value;
          for await (const held of packets as AsyncGenerator<WaitingPacket>) yield held;
        },
      });
    }
  }
  await using page = await servePage(new Feed(), new BusyLab(), { port: 0 });
  await using stream = await EventStream.open(page.url);
  const { origin } = new URL(page.url);
  const { status } = await fetch(`${page.url}api/hold`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ from: 'tcp-client', to: 'tcp-server' }),
  });
  expect(status).toBe(200);
  let lists = 0;
  for (let waiting = 0; waiting < many; lists += 1) {
    const { data } = await stream.next('held');
    waiting = (data as HeldList | null)?.waiting ?? 0;
  }
  expect(lists).toBeLessThan(many / 10);
});
