import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { takePort } from './port.ts';
import { servePage } from './server.ts';
import { ask } from './testing/ask.ts';
import { EventStream } from './testing/event-stream.ts';
import { line } from './testing/lines.ts';
import { Feed } from './testing/sources.ts';

test('the page is served with a strict Content-Security-Policy, and never cached', async () => {
  await using page = await servePage(new Feed(), undefined, { port: 0 });
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
  await using page = await servePage(new Feed(), undefined, { port: 0 });
  const { origin } = new URL(page.url);
  for (const path of ['/', '/events', '/wrong/', '/wrong/events', '/wrong/web/page/main.ts']) {
    expect(await ask(origin + path)).toMatchObject({ status: 403 });
  }
});

test('requests under the name of another site are refused (DNS rebinding)', async () => {
  await using page = await servePage(new Feed(), undefined, { port: 0 });
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
  await using page = await servePage(new Feed(), undefined, { port: 0 });
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

test('the kept events can be saved as a recording and for Wireshark', async () => {
  const feed = new Feed();
  await using page = await servePage(feed, undefined, { port: 0 });
  feed.push(line(1), line(2));
  feed.end();
  await using stream = await EventStream.open(page.url);
  await stream.next('end');
  const { body, headers } = await ask(`${page.url}save/socketlab.jsonl`);
  expect(
    body
      .trimEnd()
      .split('\n')
      .map((saved) => JSON.parse(saved)),
  ).toEqual([{ format: 'socketlab-recording', version: 1 }, line(1), line(2)]);
  expect(headers['content-disposition']).toContain('socketlab.jsonl');
  expect(await ask(`${page.url}save/socketlab.pcapng`)).toMatchObject({ status: 200 });
});

test('the error names a port that is in use', async () => {
  await using page = await servePage(new Feed(), undefined, { port: 0 });
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
