import { Command } from 'commander';
import type { Host } from '../lab/index.ts';
import { attachLab } from './attach-lab.ts';
import { table } from './table.ts';

/** `./socketlab hosts`: the hosts of the lab. */
export function hostsVerb(): Command {
  return new Command('hosts')
    .description('list the hosts with their roles, states and addresses')
    .option('--json', 'print JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const lab = await attachLab();
      const hosts = (await lab.hosts()).map(inShort);
      console.log(json ? JSON.stringify(hosts, undefined, 2) : hostTable(hosts, lab.name));
    });
}

/** A host as it is listed. */
export type HostInShort = Pick<
  Host,
  'name' | 'role' | 'state' | 'health' | 'ipv4' | 'ipv6' | 'network' | 'interfaces'
>;

function inShort(host: Host): HostInShort {
  const { name, role, state, health, ipv4, ipv6, network, interfaces } = host;
  return { name, role, state, health, ipv4, ipv6, network, interfaces };
}

/**
 * A line for each interface of a host, and one for a host without any. In a lab of one network 80 columns have room for the
 * longest role and the addresses of the shipped lab.
 *
 * @param lab its name, which is not repeated in front of each network's
 */
export function hostTable(hosts: readonly HostInShort[], lab: string): string {
  const networks = new Set(hosts.flatMap((host) => [networkWords(host, lab)].flat()));
  const isOne = networks.size <= 1 && hosts.every(({ network }) => network.kind === 'own');
  const head = ['HOST', 'ROLE', 'STATE', 'NETWORK', 'IPV4', 'IPV6'];
  const all = [head, ...hosts.flatMap((host) => rowsOf(host, lab))];
  const [shown = [], ...rows] = isOne ? all.map((row) => row.toSpliced(3, 1)) : all;
  return table(shown, rows);
}

function rowsOf(host: HostInShort, lab: string): string[][] {
  const { name, role = '-', state, health, interfaces } = host;
  // Only what runs has a health.
  const first = [name, role, health === 'unknown' || state !== 'running' ? state : health];
  const networks = networkWords(host, lab);
  if (interfaces.length === 0) return [[...first, networks[0] ?? '-', '-', '-']];
  return interfaces.map(({ ipv4 = '-', ipv6 = '-' }, n) => [
    ...(n === 0 ? first : ['', '', '']),
    networks[n] ?? '',
    ipv4,
    ipv6,
  ]);
}

/** What its networks are called, or whose its network is. */
function networkWords({ network, interfaces }: HostInShort, lab: string): string[] {
  if (network.kind === 'shared') return [`that of ${network.owner}`];
  if (network.kind === 'machine') return ["this machine's"];
  if (network.kind === 'none') return ['none'];
  return interfaces.map(({ network: name }) =>
    name.startsWith(`${lab}_`) ? name.slice(lab.length + 1) : name,
  );
}
