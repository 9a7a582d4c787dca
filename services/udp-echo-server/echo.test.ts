import { describe, expect, test } from 'vitest';
import { BUFFER_SIZE_MAX, echoOf } from './echo.ts';

const echo = (datagram: string, bufferSize = 1024) =>
  echoOf(Buffer.from(datagram), bufferSize)?.toString();

test.each(['Hello', '', ' ', 'Grüße 🎉', 'a\0b\n', 'Echo', 'Echo:'])(
  'the echo of %j is "Echo: " and the same',
  (message) => {
    expect(echo(message)).toBe(`Echo: ${message}`);
  },
);

test('bytes that are not UTF-8 come back as they were', () => {
  const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  expect(echoOf(every, 1024)?.subarray(6)).toStrictEqual(every);
});

test.each([
  [1, 'Echo: H'],
  [4, 'Echo: Hell'],
  [5, 'Echo: Hello'],
  [6, 'Echo: Hello'],
])('with BUFFER_SIZE=%i the echo of Hello is %j', (bufferSize, expected) => {
  expect(echo('Hello', bufferSize)).toBe(expected);
});

test('a cut may go through the middle of a character', () => {
  expect(echoOf(Buffer.from('ü'), 1)).toStrictEqual(Buffer.from([...Buffer.from('Echo: '), 0xc3]));
});

test('the echo of the largest datagram fits into a datagram', () => {
  const largest = Buffer.alloc(65_507, 'x');
  expect(echoOf(largest, BUFFER_SIZE_MAX)).toHaveLength(65_507);
});

test('an echo of an echo is answered, an echo of an echo of an echo is not', () => {
  expect(echo('Echo: x')).toBe('Echo: Echo: x');
  expect(echo('Echo: Echo: x')).toBe('Echo: Echo: Echo: x');
  expect(echo('Echo: Echo: Echo: x')).toBeUndefined();
  expect(echo('Echo: Echo: Echo: ')).toBeUndefined();
});

test('three prefixes that do not begin the datagram are no loop', () => {
  expect(echo('> Echo: Echo: Echo: ')).toBe('Echo: > Echo: Echo: Echo: ');
});

describe('two echo servers that were made to talk to each other by a forged datagram', () => {
  const BOUNCES_MAX = 6;
  const prefixes = 'Echo: '.repeat(10);
  const forged = [
    '',
    'x',
    'Hello, UDP World!',
    'x'.repeat(100),
    'Echo:',
    'echo: echo: echo: ',
    '\0',
    // Every piece of a row of prefixes, of every phase: what cutting may leave of one.
    ...Array.from({ length: 6 * 40 }, (_, i) => prefixes.slice(i % 6, (i % 6) + Math.ceil(i / 6))),
  ].map((text) => Buffer.from(text));

  /** How often a datagram goes to and fro until one of the two does not answer. */
  function bounces(start: Buffer, sizes: readonly [number, number]): number {
    let datagram: Buffer | undefined = start;
    let count = 0;
    for (; datagram !== undefined && count <= BOUNCES_MAX; count += 1) {
      datagram = echoOf(datagram, sizes[count % 2 === 0 ? 0 : 1]);
    }
    return count;
  }

  test.each(Array.from({ length: 40 }, (_, i) => i + 1))(
    'fall silent soon when one has BUFFER_SIZE=%i',
    (size) => {
      for (const other of [...Array.from({ length: 40 }, (_, i) => i + 1), 1024, BUFFER_SIZE_MAX]) {
        for (const start of forged) {
          const there = bounces(start, [size, other]);
          const back = bounces(start, [other, size]);
          if (Math.max(there, back) <= BOUNCES_MAX) continue;
          expect.fail(
            `BUFFER_SIZE ${size} and ${other} go on for ever from ${JSON.stringify(String(start))}`,
          );
        }
      }
      expect(bounces(Buffer.from('x'), [size, size])).toBeGreaterThan(1);
    },
  );
});
