import { expect, test } from 'vitest';
import { baseImage, Lab } from '../../lab/index.ts';
import { programsIn } from '../support/programs-beside.ts';

const LISTENS = `import('node:net').then((net) => net.createServer().listen(50000, '127.0.0.1'))`;
const LONG_MS = 600_000;

test('sockets are listed as soon as one is there, and those of a host that ends no later than it', async () => {
  await using lab = await Lab.start();
  const image = baseImage();
  const start = (name: string, ...entrypoint: string[]) =>
    lab.startHost(name, { image, entrypoint, ready: 'running' });
  const [, host] = await Promise.all([
    start('listens', 'node', '--eval', LISTENS),
    start('ends', 'sleep', 'infinity'),
  ]);
  const wanted = { protocol: 'tcp', port: 50_000, timeoutMs: LONG_MS } as const;
  const looking = lab.listeningSockets('ends', wanted);
  const listens = await lab.listeningSockets('listens', wanted);
  const isLooking = ({ command }: { readonly command: string }) => command.startsWith('sh -c');
  await expect.poll(async () => (await programsIn(host)).some(isLooking)).toBe(true);
  await host.kill();
  const ends = await looking;
  expect(listens).toMatchObject([{ protocol: 'tcp', address: '127.0.0.1', port: 50_000 }]);
  expect(ends).toEqual([]);
});
