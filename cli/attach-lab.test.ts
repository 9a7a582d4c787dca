import { afterEach, expect, test } from 'vitest';
import { chooseProject, commandFor, healCommand } from './attach-lab.ts';

afterEach(() => chooseProject(undefined));

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

test('the command that heals names the lab that was chosen', () => {
  expect(healCommand('loss-3f9a')).toBe('./socketlab heal loss-3f9a');
  chooseProject('shop');
  expect(healCommand('loss-3f9a', 'web/paused')).toBe(
    './socketlab heal loss-3f9a web/paused --project shop',
  );
});
