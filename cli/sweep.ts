import { Command } from 'commander';
import { sweep } from '../lab/index.ts';
import { attachLabIfUp } from './attach-lab.ts';
import { sweptText } from './swept-text.ts';

/** `./socketlab sweep`: removes what a crash left. */
export function sweepVerb(): Command {
  return new Command('sweep')
    .description('remove the probes, rules, labs and images that a crash has left')
    .option('-n, --dry-run', 'only list what would be removed')
    .action(async ({ dryRun = false }: { dryRun?: boolean }) => {
      console.log(sweptText(await sweep(await attachLabIfUp(), { dryRun }), { dryRun }));
    });
}
