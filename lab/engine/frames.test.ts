import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { type OutputFrame, OutputFrameReader, outputsOf } from './frames.ts';
import { frame } from './testing/frame.ts';

const bytes = Buffer.concat([frame(1, 'out 1\n'), frame(2, 'grüße'), frame(1, ''), frame(1, 'x')]);
const inWords = (frames: readonly OutputFrame[]) =>
  frames.map(({ output, data }) => `${output} ${data}`);

test.each([1, 3, 8, 1000])('frames are found in chunks of %i bytes', (size) => {
  const reader = new OutputFrameReader();
  const found: OutputFrame[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    found.push(...reader.push(bytes.subarray(at, at + size)));
  }
  expect(inWords(found)).toEqual(['stdout out 1\n', 'stderr grüße', 'stdout ', 'stdout x']);
  expect(reader.end()).toEqual([]);
});

test('one chunk may contain all the frames of a long log', () => {
  const line = frame(1, 'line\n');
  const chunk = Buffer.concat(Array.from({ length: 100_000 }, () => line));
  expect(new OutputFrameReader().push(chunk)).toHaveLength(100_000);
});

test('the output of a terminal, which has no frames, is passed on', () => {
  const reader = new OutputFrameReader();
  expect(inWords(reader.push(Buffer.from('one\r\ntw')))).toEqual(['stdout one\r\n']);
  expect(inWords(reader.push(Buffer.from('o\r\nrest')))).toEqual(['stdout two\r\n']);
  expect(inWords(reader.end())).toEqual(['stdout rest']);
});

test('when the connection breaks both outputs end after what has come', async () => {
  const stream = new PassThrough();
  const { stdout, stderr } = outputsOf(stream);
  stream.write(bytes);
  await new Promise(setImmediate);
  stream.destroy(new Error('read ECONNRESET'));
  expect(await Promise.all([text(stdout), text(stderr)])).toEqual(['out 1\nx', 'grüße']);
});

test('the engine waits while nobody reads, and everything is taken at the end', async () => {
  const stream = new PassThrough();
  const { stdout, takeAll } = outputsOf(stream);
  const part = frame(1, 'x'.repeat(65_528));
  for (let n = 0; n < 300; n += 1) stream.write(part);
  await new Promise(setImmediate);
  const waiting = stdout.readableLength + stdout.writableLength;
  expect(waiting).toBeGreaterThan(8 * 2 ** 20);
  expect(waiting).toBeLessThan(9 * 2 ** 20);
  takeAll();
  stream.end();
  expect(await text(stdout)).toHaveLength(300 * 65_528);
});

test('what waited is passed on as soon as somebody reads', async () => {
  const stream = new PassThrough();
  const { stdout } = outputsOf(stream);
  for (let n = 0; n < 300; n += 1) stream.write(frame(1, 'x'.repeat(65_528)));
  await new Promise(setImmediate);
  stream.end();
  expect(await text(stdout)).toHaveLength(300 * 65_528);
});
