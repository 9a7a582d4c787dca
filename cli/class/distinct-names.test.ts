import { expect, test } from 'vitest';
import { distinctNames } from './distinct-names.ts';

test.for([
  [
    ['class/alice', 'class/bob/'],
    ['alice', 'bob'],
  ],
  [
    ['class/alice/03-echo', 'class/bob/03-echo'],
    ['alice', 'bob'],
  ],
  [
    ['a/alice.py', 'a/bob.py'],
    ['alice.py', 'bob.py'],
  ],
  [
    ['monday/alice/ex', 'friday/alice/ex'],
    ['monday', 'friday'],
  ],
  [
    ['monday/alice', 'friday/bob'],
    ['monday/alice', 'friday/bob'],
  ],
  [
    ['class', 'class/alice'],
    ['class', 'class/alice'],
  ],
  [['class/alice/03-echo'], ['03-echo']],
] as const)('%j are called %j', ([paths, names]) => {
  expect(distinctNames(paths)).toEqual(names);
});

test('the same path twice is refused, however it is written', () => {
  expect(() => distinctNames(['a/alice', 'a/bob', './a/alice/'])).toThrow(TypeError);
});
