import { Command } from 'commander';
import { sweep } from '../lab/index.ts';
import { attachLabIfUp } from './attach-lab.ts';

/** `./socketlab sweep`: removes what a crash left. */
export function sweepVerb(): Command {
  return new Command('sweep')
    .description('remove the probes, rules and labs that a crash has left')
    .action(async () => {
      const removed = await sweep(await attachLabIfUp());
      console.log(removed.length === 0 ? 'nothing was left' : `removed ${removed.join(', ')}`);
    });
}
