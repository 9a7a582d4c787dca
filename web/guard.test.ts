/** Who is turned away where the port of the page is forwarded to another place. */
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { type Page, servePage } from './server.ts';
import { FakeLab } from './testing/fake-lab.ts';
import { Feed } from './testing/sources.ts';

const forwarded = new URL('https://lab-8650.forwarded.example/proxy/8650/');
const { host, origin } = forwarded;

const serve = () => servePage(new Feed(), new FakeLab(), { port: 0, forwarded });

/** The status that the port itself answers with, as it is asked by a proxy. */
async function ask(page: Page, headers: Record<string, string>, path = '', method = 'GET') {
  const { port, pathname } = new URL(page.localUrl);
  const json = { 'content-type': 'application/json', ...headers };
  const options = { port, path: `${pathname}${path}`, method, headers: json };
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve)
      .on('error', reject)
      .end(method === 'POST' ? '{}' : '');
  });
  response.destroy();
  return response.statusCode;
}

test('the page is open under its local and its forwarded address', async () => {
  await using page = await serve();
  expect(page.url).toMatch(/^https:\/\/lab-8650\.forwarded\.example\/proxy\/8650\/[\w-]{32}\/$/);
  expect(page.localUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
  const { port } = new URL(page.localUrl);
  for (const here of [host, `${host}:443`, `127.0.0.1:${port}`, `localhost:${port}`])
    expect({ here, status: await ask(page, { host: here }) }).toEqual({ here, status: 200 });
});

test('every other Host is refused, also one that a proxy has replaced by a known one', async () => {
  await using page = await serve();
  const { port } = new URL(page.localUrl);
  for (const other of [
    'evil.example',
    `${host}:${port}`,
    `x.${host}`,
    `${host}.evil.example`,
    `${host}@evil.example`,
    'forwarded.example',
    `localhost:${Number(port) + 1}`,
    'a b',
  ])
    expect({ other, status: await ask(page, { host: other }) }).toEqual({ other, status: 421 });
  for (const first of ['evil.example', `evil.example, ${host}`, `${host}.evil.example`]) {
    const headers = { host: `localhost:${port}`, 'x-forwarded-host': first };
    expect({ first, status: await ask(page, headers) }).toEqual({ first, status: 421 });
  }
});

test('X-Forwarded-Host alone opens nothing', async () => {
  await using page = await serve();
  const headers = { host: 'evil.example', 'x-forwarded-host': host };
  expect(await ask(page, headers)).toBe(421);
});

test('a request without the token is refused under the forwarded address, too', async () => {
  await using page = await serve();
  for (const path of ['../', '../events', '../wrong/', '../proxy/8650/', '../proxy/8650/wrong/'])
    expect({ path, status: await ask(page, { host }, path) }).toEqual({ path, status: 403 });
});

test('a preview, which knows only the port, is led to the page; every other path needs the token', async () => {
  const options = { port: 0, forwarded, preview: true };
  await using page = await servePage(new Feed(), new FakeLab(), options);
  for (const path of ['/', '/proxy/8650/']) {
    const response = await fetch(new URL(path, page.localUrl));
    expect(response).toMatchObject({ status: 200, redirected: true });
    expect(await response.text()).toContain('<!doctype html>');
  }
  expect(await ask(page, { host: 'evil.example' }, '../')).toBe(421);
  for (const path of ['../events', '../wrong/', '../api/heal'])
    expect({ path, status: await ask(page, { host }, path) }).toEqual({ path, status: 403 });
});

test('editors may frame a preview, and nobody any other page', async () => {
  await using page = await serve();
  await using preview = await servePage(new Feed(), undefined, { port: 0, preview: true });
  const ancestors = async ({ localUrl }: Page) => {
    const policy = (await fetch(localUrl)).headers.get('content-security-policy');
    return /frame-ancestors (.*)$/.exec(policy ?? '')?.[1];
  };
  expect(await ancestors(page)).toBe("'none'");
  expect(await ancestors(preview)).toContain('vscode-webview:');
});

test('only the page itself may change something', async () => {
  await using page = await serve();
  const { port } = new URL(page.localUrl);
  const [local, same] = [`http://localhost:${port}`, { 'sec-fetch-site': 'same-origin' }];
  const post = (headers: Record<string, string>) => ask(page, headers, 'api/heal', 'POST');
  const own = [
    { host, origin },
    { host: `localhost:${port}`, origin },
    { host, origin: local, ...same },
    { host: `localhost:${port}`, origin: local },
  ];
  for (const headers of own)
    expect({ headers, is: await post(headers) }).toMatchObject({ is: 200 });
  const others = [
    { host },
    { host, origin: 'null', ...same },
    { host, origin: 'https://evil.example', ...same },
    { host, origin: 'http://lab-8650.forwarded.example' },
    { host, origin: 'https://x.lab-8650.forwarded.example' },
    // A page of another program of the machine that the browser is on.
    { host, origin: local },
    { host, origin: local, 'sec-fetch-site': 'cross-site' },
    { host, origin, 'sec-fetch-site': 'same-site' },
    { host: `localhost:${port}`, origin: 'https://evil.example' },
  ];
  for (const headers of others)
    expect({ headers, is: await post(headers) }).toMatchObject({ is: 403 });
});
