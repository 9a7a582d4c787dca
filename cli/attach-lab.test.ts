import { expect, test } from 'vitest';
import { chooseProject, commandFor } from './attach-lab.ts';

test.each([
  ['hosts --project shop', ['hosts']],
  ['hosts --json --project shop', ['hosts', '--project', 'lab', '--json']],
  ['hosts --json --project shop', ['hosts', '--project=lab', '--json']],
  [`watch 'a b' '' --project shop`, ['watch', 'a b', '']],
  [String.raw`watch 'a'\''b' --project shop`, ['watch', `a'b`]],
])('the command for another lab is "%s" with its name', (command, typed) => {
  expect(commandFor('shop', typed)).toBe(command);
});

test('an empty project name is refused', () => {
  expect(() => chooseProject('')).toThrow(TypeError);
});
