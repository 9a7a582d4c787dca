import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Host } from '../../lab/index.ts';
import { heapBytes } from '../../lab/util/testing/heap-bytes.ts';
import { OutputReader } from './output.ts';

async function read() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const host = { output: async () => ({ stdout, stderr }) } as unknown as Host;
  return { reader: await OutputReader.start(host), stdout, stderr };
}

test('what a program prints is kept byte for byte, up to a limit', async () => {
  const { reader, stdout, stderr } = await read();
  stdout.write(Buffer.from([0, 255]));
  stdout.end(Buffer.alloc(2 ** 20, 'x'));
  stderr.end('error');
  await reader.ended;
  const { output } = reader;
  expect(output.stdout).toEqual(
    Buffer.concat([Buffer.from([0, 255]), Buffer.alloc(2 ** 20 - 2, 'x')]),
  );
  expect(output.stderr.toString()).toBe('error');
});

test('what is printed byte by byte takes no more memory than what is printed at once', async () => {
  const { reader, stdout, stderr } = await read();
  const before = heapBytes();
  for (let count = 0; count < 100_000; count += 1) stdout.write(Buffer.from('x'));
  stdout.end();
  stderr.end();
  await reader.ended;
  expect(heapBytes() - before).toBeLessThan(4 * 2 ** 20);
  expect(reader.output.stdout).toHaveLength(100_000);
});
