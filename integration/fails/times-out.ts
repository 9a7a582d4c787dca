/** A test that never ends, for failed-tests.test.ts. */
import { test } from 'vitest';
import { Lab } from '../../lab/index.ts';

const image = process.env['IMAGE'] ?? '';

test('nothing happens', { timeout: 30_000 }, async () => {
  await using lab = await Lab.start();
  await lab.startHost('mute', { image, entrypoint: ['sleep', 'infinity'] });
  await new Promise(() => undefined);
});
