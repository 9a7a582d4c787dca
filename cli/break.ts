import { Command } from 'commander';
import { hostActions } from './break-host.ts';
import { linkAction } from './break-link.ts';
import { pathActions } from './break-path.ts';

/** `./socketlab break`: begins a fault and returns; `./socketlab heal` ends it. With `--for` it waits, and reports what the fault did. */
export function breakVerb(): Command {
  const verb = new Command('break').description('begin a fault, which lasts until "heal"');
  for (const action of [...pathActions(), linkAction(), ...hostActions()]) verb.addCommand(action);
  return verb;
}
