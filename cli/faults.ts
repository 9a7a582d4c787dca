import { Command } from 'commander';
import { achievedText } from '../lab/explain/faults/fault-text.ts';
import { hostFaultText, killedText } from '../lab/explain/faults/report-text.ts';
import { describeSettings } from '../lab/index.ts';
import { attachLab } from './attach-lab.ts';
import { table } from './table.ts';
import { wrap } from './terminal.ts';

/** `./socketlab faults`: the faults, as configured and as achieved. */
export function faultsVerb(): Command {
  return new Command('faults')
    .description('list the faults, as configured and as achieved')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const lab = await attachLab();
      const faults = await lab.faults();
      if (json) return console.log(JSON.stringify(faults, undefined, 2));
      const { paths, hosts, over = [], killed = [] } = faults;
      const rows = [
        ...paths.map(({ id, from, to, status }) => [
          id,
          `${from} -> ${to}`,
          describeSettings(status.settings),
          achievedText(status),
          status.seed,
        ]),
        ...hosts.map((fault) => [fault.id, fault.host, hostFaultText(fault), '', '']),
      ];
      if (rows.length > 0) {
        console.log(table(['ID', 'WHERE', 'CONFIGURED', 'ACHIEVED', 'SEED'], rows));
      } else if (killed.length === 0) console.log('no faults');
      for (const { id, from } of paths.filter(({ isOutdated }) => isOutdated)) {
        console.log(wrap(`${id} is out of date: ${from} has another address now; break it again`));
      }
      for (const host of killed) console.log(wrap(`${killedText(host)}; break it again`));
      for (const { id, to, status } of over) {
        const did = achievedText(status);
        console.log(wrap(`${id} is over, as ${to} has ended since: ${did}; break it again`));
      }
    });
}
