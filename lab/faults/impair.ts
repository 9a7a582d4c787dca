import { randomBytes } from 'node:crypto';
import type { Host } from '../hosts/host.ts';
import type { HostInterface } from '../hosts/host-interface.ts';
import { findNetworkHost } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import { faultSettings } from '../model/fault-settings.ts';
import type { FaultSettings } from '../model/faults.ts';
import { linkLocalOf } from '../model/link-local.ts';
import { beginTogether } from './begin-together.ts';
import { commonNetwork, requireTwoNetworks } from './common-networks.ts';
import { Fault } from './fault.ts';
import { FaultDirection } from './fault-direction.ts';
import { HostWire } from './host-wire.ts';

/** What `Lab.impair` takes besides the settings of the impairment. */
export interface Between {
  /** The name of the host that sends. */
  readonly from: string;
  /** The name of the receiving host. */
  readonly to: string;
  /** Whether packets in the other direction are impaired as well. Default: only for a partition. */
  readonly bothWays?: boolean;
  /** Only packets on this network, by its full name or its name in Compose. Default: all networks that both hosts are on. */
  readonly network?: string;
}

/** The settings of one impairment, without those that the lab fills in. */
export type ImpairmentSettings = FaultSettings extends infer S
  ? S extends unknown
    ? Omit<S, 'from' | 'sender' | 'network'>
    : never
  : never;

/** Impairs the path between two hosts; see `Lab.impair`. */
export async function impair(roster: Roster, fault: Between & ImpairmentSettings): Promise<Fault> {
  const { from, to, network: name, bothWays = fault.kind === 'partition', ...impairment } = fault;
  if (from === to) throw new RangeError(`Cannot impair the path from host "${from}" to itself`);
  const seed = impairment.seed ?? randomBytes(4).toString('hex');
  const settings = { ...impairment, seed } as FaultSettings;
  for (const at of bothWays ? [to, from] : [to]) faultSettings(settings, at);
  const sender = await findNetworkHost(roster, from, 'impair the path from');
  const receiver = await findNetworkHost(roster, to, 'impair the path to');
  requireTwoNetworks(sender, receiver, { from, to });
  const network = await commonNetwork(sender, receiver, name);
  const paths: [Host, Host][] = [[sender, receiver]];
  if (bothWays) paths.push([receiver, sender]);
  const faults = paths.map(([source, at]) =>
    HostWire.prepare(at, { ...settings, ...senderOn(source, network) }),
  );
  const begun = await beginTogether(faults);
  const directions = begun.map((one, n) => new FaultDirection(paths[n]?.[0].name ?? '', one));
  return new Fault(seed, directions);
}

/** Whose packets it is for: those from all of a host's addresses, or from its addresses on one network. */
function senderOn(source: Host, network: string | undefined) {
  const { name: sender, interfaces } = source;
  const from = interfaces.filter((one) => !network || one.network === network).flatMap(addressesOf);
  return { from, sender, ...(network !== undefined && { network }) };
}

/** The one that an interface gives itself is among them, which the engine does not tell. */
function addressesOf({ ipv4, ipv6, mac }: HostInterface): string[] {
  const all = [ipv4, ipv6, ipv6 && linkLocalOf(mac)];
  return all.filter((address) => address !== undefined);
}
