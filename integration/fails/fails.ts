/** A test that fails, for failed-tests.test.ts: `IMAGE=… vitest run --config vitest.config.ts`. */
import { expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';

const image = process.env['IMAGE'] ?? '';
const CONNECT = `require('node:net').connect(50000, 'server').resume()`;

test('an expectation fails', async () => {
  await using lab = await Lab.start();
  await lab.startHost('server', { image });
  const client = await lab.startHost('client', { image, entrypoint: ['sleep', 'infinity'] });
  await lab.record({ calls: false });
  await client.exec(['node', '--eval', CONNECT]);
  expect('what came').toBe('what was expected');
});
