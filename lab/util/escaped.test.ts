import { styleText } from 'node:util';
import { expect, test } from 'vitest';
import { escaped } from './escaped.ts';

test('what a terminal obeys is escaped: C0, DEL, C1, and what turns the direction of text', () => {
  expect(escaped('a\u001b[2Jb\u0007\u007f\u009b2J\u202ec\u2028\r')).toBe(
    String.raw`a\u001b[2Jb\u0007\u007f\u009b2J\u202ec\u2028\u000d`,
  );
});

test('lines, tabs, colours and other languages stay', () => {
  const styles = [
    'dim',
    'bold',
    'red',
    'yellow',
    'cyan',
    'green',
    'magenta',
    'blueBright',
  ] as const;
  const colours = styles.map((style) => styleText(style, 'größe', { validateStream: false }));
  const text = `one\ttwo\n${colours.join(' ')} 日本 🙂\n`;
  expect(escaped(text)).toBe(text);
});

test('text that is concealed, or any other sequence, does not stay', () => {
  expect(escaped('\u001b[8mhidden\u001b[m')).toBe(String.raw`\u001b[8mhidden\u001b[m`);
});

test('JSON says the same, and is JSON', () => {
  const value = { name: '\u009b2J\u007f\u202e\u2028 "\\" \u001b \ud800' };
  const json = escaped(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(json).toMatch(/^[ -~]*$/);
});
