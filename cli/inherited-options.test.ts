import { Command } from 'commander';
import { expect, test } from 'vitest';
import { inheriting, leaveOut } from './inherited-options.ts';

test('the help of a verb has the options from above, but for those that mean nothing to it', () => {
  const program = new Command('socketlab')
    .option('--debug')
    .option('--project <name>')
    .configureHelp({ showGlobalOptions: true });
  const all = new Command('look');
  const some = leaveOut(new Command('grade'), '--project');
  program.addCommand(inheriting(new Command('exercise').addCommand(all).addCommand(some), program));
  expect(all.helpInformation()).toMatch(/--debug[\s\S]*--project/);
  expect(some.helpInformation()).toContain('--debug');
  expect(some.helpInformation()).not.toContain('--project');
});
