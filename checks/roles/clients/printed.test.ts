import { expect, test } from 'vitest';
import { printedFinding } from './printed.ts';

const greeting = Buffer.from('Grüße, hello');
const printed = (stdout: string, stderr = '') =>
  printedFinding(
    greeting,
    { stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) },
    'served it',
  );

test.each([
  ['alone', 'Grüße, hello'],
  ['within a line', 'got "Grüße, hello"!\n'],
  ['behind a part of it', 'Grüße, \nGrüße, hello\n'],
])('bytes %s are printed', (_, stdout) => {
  expect(printed(stdout)).toBeUndefined();
});

test.each([
  ['nothing', '', 'not-printed'],
  ['only the beginning', 'received: Grüße', 'printed-part'],
  ['the beginning, and then other lines', 'Grüße\nbye bye, see you\n', 'printed-part'],
  ['something else', 'hello\n', 'printed-otherwise'],
  ['them in pieces', 'Grü\r\nße, hello\n', 'printed-in-pieces'],
  ["Python's form of bytes", String.raw`b'Gr\xc3\xbc\xc3\x9fe, hello'`, 'printed-escaped'],
  ['hex', '47 72 c3 bc c3 9f 65 2c 20 68 65 6c 6c 6f', 'printed-escaped'],
])('%s in place of the bytes is %s', (_, stdout, code) => {
  expect(printed(stdout)).toMatchObject({ code });
});

test('bytes on standard error are told as that', () => {
  expect(printed('done', 'Grüße, hello')).toMatchObject({ code: 'printed-to-stderr' });
});

test('what is shown begins where the output resembles most what was expected', () => {
  const received = printed('Gr, then Grüße; hello')?.bytes?.received;
  expect(String(received)).toBe('Grüße; hello');
});
