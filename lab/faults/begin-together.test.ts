import { expect, test, vi } from 'vitest';
import { beginTogether } from './begin-together.ts';

const NOW_NS = 1e9;

function prepared(clockNs = NOW_NS) {
  const begin = vi.fn(async (atNs: number) => atNs);
  const heal = vi.fn(async () => {});
  return { clockNs: () => clockNs, begin, heal };
}

test('both directions of a fault begin at the same time, which no wire has reached yet', async () => {
  const [first, second] = [prepared(), prepared(NOW_NS + 1e6)];
  const [atNs, otherNs] = await beginTogether([Promise.resolve(first), Promise.resolve(second)]);
  expect(otherNs).toBe(atNs);
  expect(atNs).toBeGreaterThan(second.clockNs());
  expect(first.heal).not.toHaveBeenCalled();
});

test('a fault of one direction begins at once', async () => {
  expect(await beginTogether([Promise.resolve(prepared())])).toEqual([NOW_NS]);
});

test('when one direction cannot be prepared, the other does not begin and is healed', async () => {
  const other = prepared();
  const beginning = beginTogether([
    Promise.resolve(other),
    Promise.reject(new Error('Cannot prepare it')),
  ]);
  await expect(beginning).rejects.toThrow(/^Cannot prepare it$/);
  expect(other.begin).not.toHaveBeenCalled();
  expect(other.heal).toHaveBeenCalledOnce();
});

test('when one direction cannot begin, both are healed', async () => {
  const [first, second] = [prepared(), prepared()];
  second.begin.mockRejectedValue(new Error('Cannot begin it'));
  const beginning = beginTogether([Promise.resolve(first), Promise.resolve(second)]);
  await expect(beginning).rejects.toThrow(/^Cannot begin it$/);
  expect(first.heal).toHaveBeenCalledOnce();
  expect(second.heal).toHaveBeenCalledOnce();
});

test('the error names why a fault did not begin, and why it could not be healed either', async () => {
  const other = prepared();
  other.heal.mockRejectedValue(new Error('Cannot heal it'));
  const beginning = beginTogether([
    Promise.resolve(other),
    Promise.reject(new Error('Cannot prepare it')),
  ]);
  await expect(beginning).rejects.toThrow('Cannot prepare it; Cannot heal it');
});
