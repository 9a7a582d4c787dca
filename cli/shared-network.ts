import { sharersOf } from '../lab/hosts/network-hosts.ts';
import type { Host, Lab } from '../lab/index.ts';

/**
 * Of hosts that share a network with others, a line each network: what is done to the network of one is done to all of them.
 *
 * @param what as in `the fault is`
 */
export async function sharedNetworks(
  lab: Lab,
  names: readonly string[],
  what: string,
): Promise<string[]> {
  if (names.length === 0) return [];
  const hosts = await lab.hosts();
  const chosen = hosts.filter(({ name, hasNetwork }) => hasNetwork && names.includes(name));
  const all = chosen.map((host) => sharersOf(host, hosts)).filter(({ length }) => length > 1);
  return [...new Set(all.map((sharers) => words(sharers, what)))];
}

function words(sharers: readonly Host[], what: string): string {
  const names = sharers.map(({ name }) => name);
  const [last = ''] = names.splice(-1);
  return `${names.join(', ')} and ${last} share one network: ${what} for ${names.length > 1 ? 'all' : 'both'}`;
}
