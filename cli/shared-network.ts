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

/** The hosts on the network of one of them, first the one whose network it is. */
function sharersOf({ networkId }: Host, hosts: readonly Host[]): Host[] {
  const sharers = hosts.filter((host) => host.hasNetwork && host.networkId === networkId);
  return sharers.sort((a, b) => Number(b.id === networkId) - Number(a.id === networkId));
}

function words(sharers: readonly Host[], what: string): string {
  const names = sharers.map(({ name }) => name);
  const [last = ''] = names.splice(-1);
  return `${names.join(', ')} and ${last} share one network: ${what} for ${names.length > 1 ? 'all' : 'both'}`;
}
