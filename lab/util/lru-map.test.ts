import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { LruMap } from './lru-map.ts';

function filled(...keys: string[]): LruMap<string, string> {
  const map = new LruMap<string, string>(3);
  for (const key of keys) map.set(key, key.toUpperCase());
  return map;
}

const keysOf = (map: LruMap<string, string>) => [...'abcdefg'].filter((key) => map.has(key));

test('a full map evicts the entry that was used longest ago', () => {
  const map = filled('a', 'b', 'c');
  expect(map.get('a')).toBe('A');
  expect(map.set('d', 'D')).toEqual(['b', 'B']);
  expect(keysOf(map)).toEqual(['a', 'c', 'd']);
});

test('setting an entry again counts as a use, peeking at it does not', () => {
  const map = filled('a', 'b', 'c');
  map.set('a', 'again');
  expect(map.peek('b')).toBe('B');
  expect(map.set('d', 'D')).toEqual(['b', 'B']);
  expect(map.peek('a')).toBe('again');
});

test('the latest entry can be set again, and is moved again once it is not the latest', () => {
  const map = filled('a', 'b', 'c');
  expect(map.set('c', 'again')).toBeUndefined();
  expect(map.get('c')).toBe('again');
  map.set('a', 'A');
  map.get('c');
  map.set('d', 'D');
  map.set('e', 'E');
  expect(keysOf(map)).toEqual(['c', 'd', 'e']);
});

test('a deleted entry makes room, and can be set again', () => {
  const map = filled('a', 'b', 'c');
  expect(map.delete('c')).toBe(true);
  expect(map.delete('c')).toBe(false);
  map.set('c', 'again');
  expect(map.size).toBe(3);
  expect(map.set('d', 'D')).toEqual(['a', 'A']);
  expect(map.peek('c')).toBe('again');
});

test('the map stays bounded and in order however often it is emptied and filled', () => {
  const map = new LruMap<number, number>(100);
  const went: number[] = [];
  for (let number = 0; number < 5000; number += 1) {
    const gone = map.set(number, number);
    if (gone) went.push(gone[0]);
    if (number % 1000 === 999) for (let old = 0; old <= number; old += 1) map.delete(old);
    expect(map.size).toBeLessThanOrEqual(100);
  }
  expect(went).toEqual(went.toSorted((a, b) => a - b));
  expect(went).toHaveLength(5 * 900);
});

test('a bound of no entries is refused', () => {
  expect(() => new LruMap(0)).toThrow('max must be 1 or more, but is 0');
});

test('using the same entries over and over keeps nothing alive that the map has outgrown', () => {
  // In a process of its own, as other tests of a worker use the same heap.
  const program = `
    import { LruMap } from '${new URL('lru-map.ts', import.meta.url)}';
    const map = new LruMap(2000);
    const heapAfter = (uses) => {
      for (let use = 0; use < uses; use += 1) map.set(use % 1000, use);
      gc();
      return process.memoryUsage().heapUsed;
    };
    // One more than there is room for: the map begins to look for the oldest entry.
    for (let key = 0; key <= 2000; key += 1) map.set(key, key);
    const before = heapAfter(10_000);
    console.log(heapAfter(1_000_000) - before);`;
  const args = ['--expose-gc', '--input-type=module', '--eval', program];
  const growth = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(Number(growth)).toBeLessThan(1_000_000);
});
