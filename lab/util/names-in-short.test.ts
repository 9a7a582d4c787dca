import { expect, test } from 'vitest';
import { namesInShort } from './names-in-short.ts';

const names = (count: number) => Array.from({ length: count }, (_, n) => `h${n + 1}`);

test('a few names are listed, and the others counted', () => {
  expect(namesInShort(names(2))).toBe('h1, h2');
  expect(namesInShort(names(9))).toBe('h1, h2, h3, h4, h5, h6, h7, h8, h9');
  expect(namesInShort(names(200))).toBe('h1, h2, h3, h4, h5, h6, h7, h8 and 192 more');
});
