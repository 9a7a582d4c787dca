import { Command } from 'commander';
import { hostDeeds } from './break-host.ts';
import { pathDeeds } from './break-path.ts';

/** `./socketlab break`: begins a fault and returns; `./socketlab heal` ends it. With `--for` it waits, and tells what the fault did. */
export function breakVerb(): Command {
  const verb = new Command('break').description('break something on purpose, until "heal"');
  for (const deed of [...pathDeeds(), ...hostDeeds()]) verb.addCommand(deed);
  return verb;
}
