import { Command } from 'commander';
import type { Host } from '../lab/index.ts';
import { attachLab } from './attach-lab.ts';
import { table } from './table.ts';

/** `./socketlab hosts`: who is there. */
export function hostsVerb(): Command {
  return new Command('hosts')
    .description('list the hosts of the lab')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const lab = await attachLab();
      const hosts = (await lab.hosts()).map(inShort);
      console.log(json ? JSON.stringify(hosts, undefined, 2) : hostTable(hosts));
    });
}

/** A host as it is listed. */
export type HostInShort = Pick<Host, 'name' | 'role' | 'state' | 'health' | 'ipv4' | 'ipv6'>;

function inShort({ name, role, state, health, ipv4, ipv6 }: Host): HostInShort {
  return { name, role, state, health, ipv4, ipv6 };
}

/** A line a host: 80 columns have room for the longest role and the addresses of the shipped lab. */
export function hostTable(hosts: readonly HostInShort[]): string {
  const rows = hosts.map(({ name, role = '-', state, health, ipv4 = '-', ipv6 = '-' }) => [
    name,
    role,
    // Only what runs has a health.
    health === 'unknown' || state !== 'running' ? state : health,
    ipv4,
    ipv6,
  ]);
  return table(['HOST', 'ROLE', 'STATE', 'IPV4', 'IPV6'], rows);
}
