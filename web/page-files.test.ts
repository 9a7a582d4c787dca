import { expect, test } from 'vitest';
import { servePage } from './server.ts';
import { ask } from './testing/ask.ts';
import { Feed } from './testing/sources.ts';

test('modules are served without their types, and no file outside the page is', async () => {
  await using page = await servePage(new Feed(), undefined, { port: 0 });
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
  await using page = await servePage(new Feed(), undefined, { port: 0 });
  const { body } = await ask(page.url);
  const paths = [...body.matchAll(/modulepreload" href="([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths)
    expect({ path, ...(await ask(page.url + path)) }).toMatchObject({ path, status: 200 });
});
