import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { LruMap } from './lru-map.ts';

function filled(...keys: string[]): LruMap<string, string> {
  const recent = new LruMap<string, string>(3);
  for (const key of keys) recent.set(key, key.toUpperCase());
  return recent;
}

const keysOf = (recent: LruMap<string, string>) => [...'abcdefg'].filter((key) => recent.has(key));

test('when there is no room for another entry, the one that was used longest ago goes', () => {
  const recent = filled('a', 'b', 'c');
  expect(recent.get('a')).toBe('A');
  expect(recent.set('d', 'D')).toEqual(['b', 'B']);
  expect(keysOf(recent)).toEqual(['a', 'c', 'd']);
});

test('to set it anew is a use, to look at it is none', () => {
  const recent = filled('a', 'b', 'c');
  recent.set('a', 'again');
  expect(recent.peek('b')).toBe('B');
  expect(recent.set('d', 'D')).toEqual(['b', 'B']);
  expect(recent.peek('a')).toBe('again');
});

test('the latest one can be set again, and be used again when it is no longer that', () => {
  const recent = filled('a', 'b', 'c');
  expect(recent.set('c', 'again')).toBeUndefined();
  expect(recent.get('c')).toBe('again');
  recent.set('a', 'A');
  recent.get('c');
  recent.set('d', 'D');
  recent.set('e', 'E');
  expect(keysOf(recent)).toEqual(['c', 'd', 'e']);
});

test('what is taken out makes room, and can come again', () => {
  const recent = filled('a', 'b', 'c');
  expect(recent.delete('c')).toBe(true);
  expect(recent.delete('c')).toBe(false);
  recent.set('c', 'again');
  expect(recent.size).toBe(3);
  expect(recent.set('d', 'D')).toEqual(['a', 'A']);
  expect(recent.peek('c')).toBe('again');
});

test('it stays bounded and in order however often it is emptied and filled', () => {
  const recent = new LruMap<number, number>(100);
  const went: number[] = [];
  for (let number = 0; number < 5000; number += 1) {
    const gone = recent.set(number, number);
    if (gone) went.push(gone[0]);
    if (number % 1000 === 999) for (let old = 0; old <= number; old += 1) recent.delete(old);
    expect(recent.size).toBeLessThanOrEqual(100);
  }
  expect(went).toEqual(went.toSorted((a, b) => a - b));
  expect(went).toHaveLength(5 * 900);
});

test('it cannot be bounded to nothing', () => {
  expect(() => new LruMap(0)).toThrow('max must be 1 or more, but is 0');
});

test('to use the same entries for long leaves nothing behind', () => {
  setFlagsFromString('--expose-gc');
  const recent = new LruMap<number, number>(2000);
  const heapAfter = (uses: number) => {
    for (let use = 0; use < uses; use += 1) recent.set(use % 1000, use);
    runInNewContext('gc')();
    return process.memoryUsage().heapUsed;
  };
  const before = heapAfter(10_000);
  expect(heapAfter(1_000_000) - before).toBeLessThan(4_000_000);
});
