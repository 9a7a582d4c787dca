import { createHash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { LabEvent } from '../lab/index.ts';
import type { WaitingPacket, WaitingPackets } from './actions.ts';
import type { HeldList, Timing } from './messages.ts';
import { takePort } from './port.ts';
import { servePage } from './server.ts';
import { EventStream } from './testing/event-stream.ts';
import { FakeLab } from './testing/fake-lab.ts';
import { Feed } from './testing/sources.ts';
import { tcpConversation } from './testing/stories.ts';
import { Story } from './testing/story.ts';

const anyPort = { port: 0 };

function log(number: number, filling = ''): LabEvent {
  return { kind: 'log', host: 'a', atNs: String(number), line: `${number}${filling}` };
}

async function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string> } = {},
) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

function linesOf(data: unknown): string[] {
  return (data as { events: { line: string }[] }).events.map(({ line }) => line);
}

test('the page is served with a strict Content-Security-Policy, and never cached', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const { status, headers, body } = await ask(page.url);
  expect(status).toBe(200);
  expect(body).toContain('<!doctype html>');
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const [importMap = ''] = /(?<=<script type="importmap">)[^<]+/.exec(body) ?? [];
  const hash = createHash('sha256').update(importMap).digest('base64');
  expect(headers['content-security-policy']).toMatch(
    `default-src 'none'; script-src 'self' 'sha256-${hash}'; style-src 'self';`,
  );
});

test('requests without the right token are refused', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const { origin } = new URL(page.url);
  for (const path of ['/', '/events', '/wrong/', '/wrong/events', '/wrong/web/page/main.ts']) {
    expect(await ask(origin + path)).toMatchObject({ status: 403 });
  }
});

test('requests under the name of another site are refused (DNS rebinding)', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const { port } = new URL(page.url);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    '127.0.0.1',
    `127.0.0.1.nip.io:${port}`,
  ]) {
    expect(await ask(page.url, { headers: { host } })).toMatchObject({ status: 421 });
  }
  expect(await ask(page.url, { headers: { host: `localhost:${port}` } })).toMatchObject({
    status: 200,
  });
});

test('requests with a foreign Origin, and changes without any, are refused', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const origin = 'https://evil.example';
  const stream = await ask(`${page.url}events`, { headers: { origin } });
  expect(stream).toMatchObject({ status: 403 });
  for (const headers of [{ origin }, { origin: 'null' }, {}]) {
    const break_ = await ask(`${page.url}api/break`, { method: 'POST', headers });
    expect(break_).toMatchObject({ status: 403 });
  }
  const site = { 'sec-fetch-site': 'cross-site' };
  expect(await ask(`${page.url}events`, { headers: site })).toMatchObject({ status: 403 });
});

test('modules are served without their types, and no file outside the page is', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const module = await ask(`${page.url}web/page/main.ts`);
  expect(module).toMatchObject({ status: 200 });
  expect(module.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(module.body).not.toContain('import type');
  for (const path of [
    'web/server.ts',
    'package.json',
    'lab/engine/docker.ts',
    'web/page/../../package.json',
    'web/page/%2e%2e/%2e%2e/package.json',
    'web/page/..%2f..%2fpackage.json',
    'web/page/tsconfig.json',
    'lit-html/package.json',
    'lit-html/../vitest/index.js',
    '.env',
  ]) {
    expect({ path, ...(await ask(page.url + path)) }).toMatchObject({ path, status: 404 });
  }
});

test('every module that the page names is served', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const { body } = await ask(page.url);
  const paths = [...body.matchAll(/modulepreload" href="([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths)
    expect({ path, ...(await ask(page.url + path)) }).toMatchObject({ path, status: 200 });
});

test('a recording is sent whole, however much it is', async () => {
  const story = new Story();
  for (let i = 0; i < 800; i += 1) tcpConversation(story.wait(1), { clientPort: 30_000 + i });
  const { events } = story;
  expect(events.length).toBeGreaterThan(20_000);
  const feed = new Feed();
  await using page = await servePage(feed, undefined, anyPort);
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
  await using page = await servePage(feed, undefined, anyPort);
  feed.push(log(1), log(2));
  const first = await EventStream.open(page.url);
  const { id, data } = await first.next('events');
  await first[Symbol.asyncDispose]();
  feed.push(log(3), log(4));
  await using second = await EventStream.open(page.url, `after=${id}`);
  const lines = [...linesOf(data), ...linesOf((await second.next('events')).data)];
  expect(lines).toEqual(['1', '2', '3', '4']);
});

test('a page that reconnects too late is told how many events it missed', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { ...anyPort, maxEvents: 3 });
  feed.push(...[1, 2, 3, 4, 5, 6].map((number) => log(number)));
  feed.end();
  await using stream = await EventStream.open(page.url, 'after=1');
  expect((await stream.next('gap')).data).toEqual({ missed: 2, standing: [] });
  expect(linesOf((await stream.next('events')).data)).toEqual(['4', '5', '6']);
});

test('a page that comes late gets the current state, and the number of events that are no longer kept', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { ...anyPort, maxEvents: 2 });
  const host: LabEvent = {
    kind: 'host',
    host: 'a',
    atNs: '1',
    state: 'running',
    addresses: ['172.18.0.2'],
  };
  feed.push(host, ...[2, 3, 4, 5].map((number) => log(number)));
  feed.end();
  await using stream = await EventStream.open(page.url);
  expect(await stream.next('gap')).toMatchObject({ id: 3, data: { missed: 2, standing: [host] } });
  expect(linesOf((await stream.next('events')).data)).toEqual(['4', '5']);
  const { body } = await ask(`${page.url}save/socketlab.jsonl`);
  const [, ...saved] = body.trimEnd().split('\n');
  expect(saved.map((line) => JSON.parse(line))).toEqual([host, log(4), log(5)]);
  const capture = await ask(`${page.url}save/socketlab.pcapng`);
  // The name of an interface: option 2 of its block.
  expect(capture.body).toContain('\u0002\0\u0001\0a');
  // Who has seen it all along is told only what it missed.
  await using back = await EventStream.open(page.url, 'after=2');
  expect((await back.next('gap')).data).toEqual({ missed: 1, standing: [] });
});

test('a page that cannot keep up gets the newest events, and what still holds of those before', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, anyPort);
  const { events } = new Story().host({ name: 'a', address: '172.18.0.2' });
  feed.push(...events, ...Array.from({ length: 2000 }, (_, number) => log(number)));
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
  await using page = await servePage(feed, undefined, anyPort);
  feed.push(...Array.from({ length: 600 }, (_, number) => log(number)));
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
  await using page = await servePage(feed, undefined, { ...anyPort, maxEvents: 100 });
  await using stream = await EventStream.open(page.url);
  await stream.next('hello');
  stream.response.pause();
  const filling = 'x'.repeat(10_000);
  for (let round = 0; round < 20; round += 1) {
    feed.push(...Array.from({ length: 200 }, (_, i) => log(round * 200 + i, filling)));
    await new Promise(setImmediate);
  }
  feed.end();
  stream.response.resume();
  const { missed } = (await stream.next('gap')).data as { missed: number };
  expect(missed).toBeGreaterThan(0);
  await stream.next('end');
});

test('the error names a port that is in use', async () => {
  await using page = await servePage(new Feed(), undefined, anyPort);
  const port = Number(new URL(page.url).port);
  await expect(servePage(new Feed(), undefined, { port })).rejects.toMatchObject({
    code: 'PORT_IN_USE',
    message: `Cannot serve the page on port ${port}: another program uses it`,
  });
});

test('a port that has no page yet answers with 503', async () => {
  await using port = await takePort(0);
  expect(await ask(`http://127.0.0.1:${port.number}/`)).toMatchObject({ status: 503 });
  await using page = await servePage(new Feed(), undefined, { port });
  expect(await ask(page.url)).toMatchObject({ status: 200 });
});

test('the page is told why its source ended', async () => {
  async function* broken(): AsyncGenerator<LabEvent> {
    yield log(1);
    throw new Error('The engine went away');
  }
  await using page = await servePage(broken(), undefined, anyPort);
  await using stream = await EventStream.open(page.url);
  expect((await stream.next('end')).data).toEqual({ trouble: 'The engine went away' });
});

test('the kept events can be saved as a recording and for Wireshark', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, anyPort);
  feed.push(log(1), log(2));
  feed.end();
  await using stream = await EventStream.open(page.url);
  await stream.next('end');
  const { body, headers } = await ask(`${page.url}save/socketlab.jsonl`);
  expect(
    body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ format: 'socketlab-recording', version: 1 }, log(1), log(2)]);
  expect(headers['content-disposition']).toContain('socketlab.jsonl');
  expect(await ask(`${page.url}save/socketlab.pcapng`)).toMatchObject({ status: 200 });
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
  await using page = await servePage(new Feed(), new BusyLab(), anyPort);
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
