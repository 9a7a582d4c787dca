import { ask } from '../engine/docker.ts';
import { COMPOSE_NETWORK, COMPOSE_PROJECT } from '../engine/labels.ts';
import type { Host } from '../hosts/host.ts';

/**
 * Checks that two hosts have networks of their own: within one network, packets cross no wire.
 *
 * @param asked the names as requested; the hosts are the owners of their networks
 * @throws {RangeError} if both share one network.
 */
export function requireTwoNetworks(
  from: Host,
  to: Host,
  asked: { from: string; to: string },
): void {
  if (from.networkId !== to.networkId) return;
  const cannot = `Cannot impair the path from host "${asked.from}" to host "${asked.to}"`;
  throw new RangeError(
    `${cannot}: they share one network, so that what they send each other crosses no wire`,
  );
}

/**
 * Checks that packets go directly from one host to another.
 *
 * @param name the network that they must share, by its full name or its name in Compose
 * @returns the full name of that network; undefined if none was named
 * @throws {RangeError} if they share no network, or not that one; the message lists the networks of each.
 */
export async function commonNetwork(
  from: Host,
  to: Host,
  name: string | undefined,
): Promise<string | undefined> {
  const cannot = `Cannot impair the path from host "${from.name}" to host "${to.name}"`;
  const there = networksOf(to);
  const common = networksOf(from).filter((network) => there.includes(network));
  const networks = [from, to].map(
    (host) => `${host.name} is on ${networksOf(host).join(', ') || 'none'}`,
  );
  const found = networks.join('; ');
  if (name === undefined) {
    if (common.length > 0) return undefined;
    throw new RangeError(`${cannot}: they share no network: ${found}`);
  }
  const meant = common.includes(name) ? name : await fullName(from.lab, name);
  if (common.includes(meant)) return meant;
  throw new RangeError(`${cannot}: they do not share network "${name}": ${found}`);
}

const networksOf = ({ interfaces }: Host) => interfaces.map(({ network }) => network);

/** The full name of the network that Compose calls `name`: `PROJECT_NAME`, unless its file sets another. */
async function fullName(project: string, name: string): Promise<string> {
  const label = [`${COMPOSE_PROJECT}=${project}`, `${COMPOSE_NETWORK}=${name}`];
  const [network] = await ask('list the networks of the lab', (engine) =>
    engine.listNetworks({ filters: { label } }),
  );
  return network?.Name ?? name;
}
