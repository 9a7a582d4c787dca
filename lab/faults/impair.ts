import { randomBytes } from 'node:crypto';
import type { Host } from '../hosts/host.ts';
import { findNetworkHost } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import { faultSettings } from '../model/fault-settings.ts';
import type { FaultKind, FaultSettings } from '../model/faults.ts';
import { beginTogether } from './begin-together.ts';
import { commonNetwork, requireTwoNetworks } from './common-networks.ts';
import { Fault } from './fault.ts';
import { FaultDirection } from './fault-direction.ts';
import { findFaults } from './find-faults.ts';
import { HostWire } from './host-wire.ts';
import { sourceAddresses } from './source-addresses.ts';

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
  const [begun] = await impairAll(roster, [fault]);
  return begun as Fault;
}

/** Begins several impairments at the same time, or none of them. On a packet they act in this order. */
export async function impairAll(
  roster: Roster,
  faults: readonly (Between & ImpairmentSettings)[],
): Promise<Fault[]> {
  const plans = await Promise.all(faults.map((fault) => plan(roster, fault)));
  const begun = await beginTogether(
    plans.flatMap(({ ways }) => ways.map(({ at, settings }) => HostWire.prepare(at, settings))),
  );
  return plans.map(({ id, seed, ways }) => {
    const own = begun.splice(0, ways.length);
    const directions = own.map((one, n) => new FaultDirection(ways[n]?.from ?? '', one));
    return new Fault({ id, seed }, directions);
  });
}

/** A fault that has not begun. */
interface Plan {
  readonly id: string;
  readonly seed: string;
  /** One direction, or two. */
  readonly ways: readonly {
    readonly from: string;
    /** The receiver. */
    readonly at: Host;
    readonly settings: FaultSettings;
  }[];
}

async function plan(roster: Roster, fault: Between & ImpairmentSettings): Promise<Plan> {
  const { from, to, network: name, bothWays = fault.kind === 'partition', ...impairment } = fault;
  if (from === to) throw new RangeError(`Cannot impair the path from host "${from}" to itself`);
  const seed = impairment.seed ?? randomBytes(4).toString('hex');
  const id = impairment.id ?? newId(fault.kind);
  const settings = { ...impairment, id, seed } as FaultSettings;
  for (const at of bothWays ? [to, from] : [to]) faultSettings(settings, at);
  const sender = await findNetworkHost(roster, from, 'impair the path from');
  const receiver = await findNetworkHost(roster, to, 'impair the path to');
  requireTwoNetworks(sender, receiver, { from, to });
  const network = await commonNetwork(sender, receiver, name);
  if (impairment.id !== undefined) await requireNew(roster, id);
  const way = (source: Host, at: Host) => ({
    from: source.name,
    at,
    settings: { ...settings, ...senderOn(source, network) },
  });
  const there = way(sender, receiver);
  return { id, seed, ways: bothWays ? [there, way(receiver, sender)] : [there] };
}

/** By chance, so that processes that begin faults at the same time need not agree on it, and an id is not used twice. */
const newId = (kind: FaultKind) => `${kind}-${randomBytes(2).toString('hex')}`;

async function requireNew(roster: Roster, id: string): Promise<void> {
  const { paths } = await findFaults(roster);
  if (!paths.some((path) => path.id === id)) return;
  throw new RangeError(`Cannot begin fault "${id}": the lab has a fault of that id already`);
}

/** The sender of the packets that a fault is for: on all of its networks, or on one. */
function senderOn(source: Host, network: string | undefined) {
  const from = sourceAddresses(source, network);
  return { from, sender: source.name, ...(network !== undefined && { network }) };
}
