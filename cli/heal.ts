import { Command } from 'commander';
import { healedText, killedText } from '../lab/explain/faults/report-text.ts';
import { attachLab, healCommand } from './attach-lab.ts';
import { showing } from './progress-line.ts';
import { wrap } from './terminal.ts';

/** `./socketlab heal`: ends what `break` began. */
export function healVerb(): Command {
  return new Command('heal')
    .description('end faults')
    .argument(
      '[id...]',
      'ids that "faults" lists, or hosts, for all of their faults; default: all, but no host that ended by itself',
    )
    .action(async (ids: string[]) => {
      const lab = await attachLab();
      const {
        paths,
        hosts,
        over = [],
        killed = [],
      } = await showing('healing', () => lab.heal(ids.length > 0 ? ids : undefined));
      const reports = [...paths, ...over];
      if (reports.length + hosts.length + killed.length === 0) console.log('nothing was broken');
      for (const { id, directions } of reports) console.log(healedText(id, directions));
      for (const { id, host } of hosts) console.log(`healed ${id}: ${host} is running`);
      for (const host of killed) console.log(wrap(killedText(host)));
      const { hosts: left } = ids.length > 0 ? { hosts: [] } : await lab.faults();
      for (const { host, exitCode } of left) {
        const start = `start it with: ${healCommand(host)}`;
        console.log(wrap(`${host} has ended by itself, exit code ${exitCode}; ${start}`));
      }
    });
}
