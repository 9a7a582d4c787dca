import { expect, test } from 'vitest';
import { baseImage, Lab } from '../../lab/index.ts';

const LISTENS = `import('node:net').then((net) => net.createServer().listen(50000, '127.0.0.1'))`;
const LONG_MS = 600_000;

test('sockets are listed as soon as one is there, and those of a host that ends no later than it', async () => {
  await using lab = await Lab.start();
  const image = baseImage();
  const start = (name: string, ...entrypoint: string[]) =>
    lab.startHost(name, { image, entrypoint, ready: 'running' });
  await Promise.all([start('listens', 'node', '--eval', LISTENS), start('ends', 'sleep', '2')]);
  const wanted = { protocol: 'tcp', port: 50_000, timeoutMs: LONG_MS } as const;
  const [listens, ends] = await Promise.all([
    lab.listeningSockets('listens', wanted),
    lab.listeningSockets('ends', wanted),
  ]);
  expect(listens).toMatchObject([{ protocol: 'tcp', address: '127.0.0.1', port: 50_000 }]);
  expect(ends).toEqual([]);
});
