import { expect, test } from 'vitest';
import { HeldStill } from './held-still.ts';

const all = new Map<number, { id: number; bytes: number }>();
const known = (id: number) => all.get(id);
const at = (ids: readonly number[], bytes = 0) => {
  for (const id of ids) all.set(id, { id, bytes });
  return ids.flatMap((id) => known(id) ?? []);
};

test('a list that is held keeps its order and its items, as they are now', () => {
  const list = new HeldStill<{ id: number; bytes: number }>(() => undefined);
  expect(list.show(at([2, 1]), known)).toEqual(at([2, 1]));
  list.hold(true);
  expect(list.show(at([4, 3, 2, 1], 9), known)).toEqual(at([2, 1], 9));
  list.hold(false);
  expect(list.show(at([4, 3, 2, 1]), known)).toEqual(at([4, 3, 2, 1]));
});
