import { randomBytes } from 'node:crypto';
import type { Host } from '../hosts/host.ts';
import type { HostInterface } from '../hosts/host-interface.ts';
import { findNetworkHost } from '../hosts/network-hosts.ts';
import type { Lab } from '../lab.ts';
import { faultSettings } from '../model/fault-settings.ts';
import type { FaultSettings } from '../model/faults.ts';
import { linkLocalOf } from '../model/link-local.ts';
import { allDone, failAfter } from '../util/all-done.ts';
import { commonNetwork, requireTwoNetworks } from './common-networks.ts';
import { Direction } from './direction.ts';
import { Fault } from './fault.ts';
import { HostWire, type PreparedFault } from './host-wire.ts';

/** For the message to get to all of them. */
const LEAD_NS = 50e6;

/** What `lab.impair` takes besides the settings of the impairment. */
export interface Between {
  /** The name of the host that sends. */
  readonly from: string;
  /** The name of the host that the packets are on their way to. */
  readonly to: string;
  /** Whether packets the other way are impaired as well. Default: only for a partition. */
  readonly bothWays?: boolean;
  /** Only packets on this network, by its full name or as Compose calls it. Default: on all that both hosts have. */
  readonly network?: string;
}

/** The settings of one impairment, without the addresses, which the lab knows. */
export type Impairment = FaultSettings extends infer S
  ? S extends unknown
    ? Omit<S, 'from' | 'sender' | 'network'>
    : never
  : never;

/** Impairs the path between two hosts; see `Lab.impair`. */
export async function impair(lab: Lab, fault: Between & Impairment): Promise<Fault> {
  const { from, to, network: name, bothWays = fault.kind === 'partition', ...impairment } = fault;
  if (from === to) throw new RangeError(`Cannot impair the path from host "${from}" to itself`);
  const seed = impairment.seed ?? randomBytes(4).toString('hex');
  const settings = { ...impairment, seed } as FaultSettings;
  for (const at of bothWays ? [to, from] : [to]) faultSettings(settings, at);
  const sender = await findNetworkHost(lab, from, 'impair the path from');
  const receiver = await findNetworkHost(lab, to, 'impair the path to');
  requireTwoNetworks(sender, receiver, { from, to });
  const network = await commonNetwork(sender, receiver, name);
  const paths: [Host, Host][] = [[sender, receiver]];
  if (bothWays) paths.push([receiver, sender]);
  const faults = paths.map(([source, at]) =>
    HostWire.prepare(at, { ...settings, ...senderOn(source, network) }),
  );
  const prepared = await allOrNone(faults);
  return new Fault(seed, await begin(prepared, paths));
}

/** Begins at once all directions of a fault: so they end at one time, too. */
async function begin(
  prepared: readonly PreparedFault[],
  paths: readonly [Host, Host][],
): Promise<Direction[]> {
  // All hosts of a lab are on one machine, and so on one clock.
  const leadNs = prepared.length > 1 ? LEAD_NS : 0;
  const atNs = Math.max(...prepared.map(({ clockNs }) => clockNs())) + leadNs;
  try {
    const begun = await Promise.all(prepared.map((fault) => fault.begin(atNs)));
    return begun.map((one, index) => new Direction(paths[index]?.[0].name ?? '', one));
  } catch (error) {
    return failAfter(error, () => allDone(prepared.map((fault) => fault.heal())));
  }
}

/** @throws {Error} when one cannot be prepared; then none is. */
async function allOrNone(faults: readonly Promise<PreparedFault>[]): Promise<PreparedFault[]> {
  try {
    return await allDone(faults);
  } catch (error) {
    const settled = await Promise.allSettled(faults);
    const there = settled.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    return failAfter(error, () => allDone(there.map((fault) => fault.heal())));
  }
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
