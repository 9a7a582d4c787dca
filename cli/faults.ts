import { Command } from 'commander';
import { achievedText } from '../lab/explain/faults/fault-text.ts';
import { directionText, hostFaultText, killedText } from '../lab/explain/faults/report-text.ts';
import { describeSettings, type FaultReport } from '../lab/index.ts';
import { usesChance } from '../lab/model/uses-chance.ts';
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
        ...paths.flatMap(pathRows),
        ...hosts.map((fault) => [fault.id, fault.host, hostFaultText(fault), '', '']),
      ];
      if (rows.length > 0) {
        console.log(table(['ID', 'WHERE', 'CONFIGURED', 'ACHIEVED', 'SEED'], rows));
      } else if (killed.length === 0) console.log('no faults');
      const killedLines = killed.map((host) => `${killedText(host)}; break it again`);
      for (const line of [...outdatedLines(paths), ...killedLines, ...overLines(over)])
        console.log(wrap(line));
    });
}

/** A row for each direction: the second one continues the first. */
function pathRows({ id, directions }: FaultReport): string[][] {
  return directions.map((direction, n) => {
    const { settings, seed } = direction.status;
    const rest = [
      directionText(direction),
      describeSettings(settings),
      achievedText(direction.status),
    ];
    return n === 0 ? [id, ...rest, usesChance(settings) ? seed : ''] : ['', ...rest, ''];
  });
}

function outdatedLines(paths: readonly FaultReport[]): string[] {
  return paths.flatMap(({ id, directions }) =>
    directions
      .filter(({ isOutdated }) => isOutdated)
      .map(({ from }) => `${id} is out of date: ${from} has another address now; break it again`),
  );
}

function overLines(over: readonly FaultReport[]): string[] {
  return over.flatMap(({ id, directions }) =>
    directions.map(({ to, status }) => {
      const did = achievedText(status);
      return `${id} is over, as ${to} has ended since: ${did}; break it again`;
    }),
  );
}
