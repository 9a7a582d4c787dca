/** Images that are not on this machine yet. */
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { ours } from '../support/programs.ts';
import { Registry } from '../support/registry.ts';

test('a host whose image has to be pulled counts as started when its health check says so', async () => {
  await using registry = await Registry.start(ours('tcp-server').image);
  await using lab = await Lab.start();
  const host = await lab.startHost('pulled', { image: registry.image });
  expect(host.health).toBe('healthy');
});
