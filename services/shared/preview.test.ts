import { expect, test } from 'vitest';
import { preview } from './preview.ts';

const ofText = (text: string) => preview(Buffer.from(text));

test('harmless text is shown as it is', () => {
  const text = 'Hello, Grüße, 你好, שלום, 🎉 and "quotes"';
  expect(ofText(text)).toBe(text);
});

test.each([
  ['\\n', '\n'],
  ['\\r', '\r'],
  ['\\t', '\t'],
  ['\\x00', '\0'],
  ['\\x07', '\x07'],
  ['\\x1b[2J', '\x1b[2J'],
  ['\\x7f', '\x7f'],
  ['\\x80', '\x80'],
  ['\\x9b2J', '\x9b2J'],
  ['\\\\', '\\'],
  ['\\\\n', '\\n'],
  ['\\u{2028}', '\u2028'],
  ['\\u{2029}', '\u2029'],
  ['\\u{feff}', '\ufeff'],
  ['a\\u{feff}b', 'a\ufeffb'],
])('what a terminal or a reader could take for something else is shown as %s', (shown, text) => {
  expect(ofText(text)).toBe(shown);
});

const bidi = [
  '\u061c',
  '\u200e',
  '\u200f',
  ...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069',
];

test.each(bidi.map((character) => character.charCodeAt(0).toString(16)))(
  'the bidirectional control U+%s cannot reorder the line',
  (hex) => {
    expect(ofText(`a${String.fromCharCode(Number.parseInt(hex, 16))}b`)).toBe(`a\\u{${hex}}b`);
  },
);

test('no single byte is shown as a control character', () => {
  for (let byte = 0; byte <= 0xff; byte += 1) {
    expect(preview(Buffer.of(byte))).not.toMatch(/\p{C}/u);
  }
});

test('two different texts never look the same', () => {
  expect(ofText('\\x1b')).not.toBe(ofText('\x1b'));
});

test.each([
  [[0xff], '\ufffd'],
  [[0x61, 0xc3], 'a\ufffd'],
  [[0xc3, 0x28], '\ufffd('],
  [[0xf0, 0x9f, 0x8e], '\ufffd'],
  [[0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
])('bytes that are not UTF-8 (%j) are shown as replacement characters', (bytes, shown) => {
  expect(preview(Buffer.from(bytes))).toBe(shown);
});

test('an empty text is shown as an empty text', () => {
  expect(preview(Buffer.alloc(0))).toBe('');
});

test.each(['a', 'é', '你', '🎉'])('exactly 1024 times %s is shown in full', (character) => {
  expect(ofText(character.repeat(1024))).toBe(character.repeat(1024));
});

test.each(['a', 'é', '你', '🎉'])('of more than 1024 times %s only 1024 are shown', (character) => {
  expect(ofText(character.repeat(1025))).toBe(`${character.repeat(1024)}…`);
  expect(ofText(character.repeat(16_000))).toBe(`${character.repeat(1024)}…`);
});

test.each([1, 2, 3])(
  'a character of four bytes is not torn apart %i bytes off the cap',
  (shift) => {
    const shown = ofText('a'.repeat(shift) + '🎉'.repeat(2000));
    expect(shown).toBe(`${'a'.repeat(shift)}${'🎉'.repeat(1024 - shift)}…`);
    expect(shown.isWellFormed()).toBe(true);
  },
);
