import { Command } from 'commander';
import { type Host, Lab } from '../lab/index.ts';
import { table } from './table.ts';

/** `./socketlab hosts`: who is there. */
export function hostsVerb(): Command {
  return new Command('hosts')
    .description('list the hosts of the lab')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const lab = await Lab.attach();
      const hosts = (await lab.hosts()).map(inShort);
      console.log(json ? JSON.stringify(hosts, undefined, 2) : asTable(hosts));
    });
}

function inShort({ name, role, state, health, ipv4, ipv6 }: Host) {
  return { name, role, state, health, ipv4, ipv6 };
}

function asTable(hosts: ReturnType<typeof inShort>[]): string {
  const rows = hosts.map(({ name, state, health, ipv4 = '-', ipv6 = '-' }) => [
    name,
    health === 'unknown' || state !== 'running' ? state : `${state}, ${health}`,
    ipv4,
    ipv6,
  ]);
  return table(['HOST', 'STATE', 'IPV4', 'IPV6'], rows);
}
