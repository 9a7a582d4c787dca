import type { Host } from '../hosts/host.ts';
import { networkHostOf } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import type { DirectionReport, HostFault } from '../model/fault-report.ts';
import type { FaultStatus } from '../model/wire-status.ts';
import { endedByFault } from './ended-hosts.ts';
import { hostFault } from './host-faults.ts';
import { HostWire } from './host-wire.ts';
import { sourceAddresses } from './source-addresses.ts';

/** What is known of each fault, whatever it is. */
export interface FoundFault {
  readonly id: string;
  /** The names of the hosts that it is about. */
  readonly about: readonly string[];
}

/** One direction of a fault, and the wire that it is in. */
export interface FoundPath extends FoundFault {
  readonly wire: HostWire;
  readonly direction: DirectionReport;
}

/** The faults in a lab, and where they are. */
export interface Found {
  readonly paths: readonly FoundPath[];
  readonly hosts: readonly (FoundFault & { readonly host: Host; readonly fault: HostFault })[];
  /** Wires that were killed. */
  readonly killed: readonly (FoundFault & { readonly wire: HostWire })[];
}

interface AllFound extends Found {
  /** The name under which the network of a host is known. */
  networkHost(name: string): string[];
}

export async function findFaults(roster: Roster): Promise<AllFound> {
  const [all, isByFault] = await Promise.all([roster.hosts(), endedByFault(roster.name)]);
  const wires = await HostWire.find(all);
  const found = await Promise.all(
    wires.map(async (wire) => ({ wire, status: await wire.statusIfThere() })),
  );
  const paths = found.flatMap(({ wire, status }) =>
    (status?.faults ?? []).map((fault) => foundPath(wire, fault, all)),
  );
  const killed = found
    .filter(({ wire, status }) => status?.isKilled && !wire.isPast)
    .map(({ wire }) => ({ id: `${wire.host.name}/killed`, about: [wire.host.name], wire }));
  const hosts = all.flatMap((host) => {
    const fault = hostFault(host, isByFault(host));
    return fault === undefined ? [] : [{ id: fault.id, about: [host.name], host, fault }];
  });
  const networkHost = (name: string) =>
    all.filter((one) => one.name === name).map((one) => networkHostOf(one, all).name);
  return { paths, hosts, killed, networkHost };
}

function foundPath(wire: HostWire, status: FaultStatus, hosts: readonly Host[]): FoundPath {
  const direction = { ...senderOf(status, hosts), to: wire.host.name, status };
  return { id: status.id, about: [direction.from, direction.to], wire, direction };
}

/** The sender whose packets a fault impairs, by its current name. */
function senderOf(
  { settings: { from = [], sender = from.join(', ') } }: FaultStatus,
  hosts: readonly Host[],
): Pick<DirectionReport, 'from' | 'isOutdated'> {
  const has = ({ addresses }: Host) => addresses.some((address) => from.includes(address));
  const namesake = hosts.find(({ name }) => name === sender);
  // When its service is scaled, a host gets another name.
  if (namesake === undefined) {
    const host = hosts.find(has);
    return { from: host ? networkHostOf(host, hosts).name : sender };
  }
  const addresses = sourceAddresses(namesake);
  const isOutdated = addresses.length > 0 && !from.every((one) => addresses.includes(one));
  return { from: sender, ...(isOutdated && { isOutdated }) };
}
