import { allDone, inTurn } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import { networkHostOf } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import type { FaultReport, FaultReports, HostFault } from '../model/fault-report.ts';
import { LabError } from '../model/lab-error.ts';
import type { FaultStatus } from '../model/wire-status.ts';
import { healHost, hostFault } from './host-faults.ts';
import { HostWire } from './host-wire.ts';
import { sweepLeftRules } from './left-rules.ts';
import { sourceAddresses } from './source-addresses.ts';

/** All faults in a lab, whichever process began them. */
export async function allFaults(roster: Roster): Promise<FaultReports> {
  return faultsOf(await look(roster));
}

/**
 * Heals faults in a lab, whichever process began them.
 *
 * @param ids as in the reports, or the name of a host for all faults there; default: all
 * @returns the faults that were healed, and what they had done
 * @throws {LabError} `NO_FAULT` if an id or a host has no fault; then nothing is healed. Any other failure does not keep the
 * rest from being healed.
 */
export async function healFaults(roster: Roster, ids?: readonly string[]): Promise<FaultReports> {
  const found = await look(roster);
  const known = [...found.paths, ...found.hosts, ...found.killed].map(({ fault }) => fault.id);
  const meant = ids?.map((asked) => [asked, ...found.networkHost(asked)]);
  const unknown = meant?.find((names) => !known.some((id) => isMeant(id, names)));
  if (unknown !== undefined) throw noFault(unknown[0] ?? '', known);
  const isChosen = ({ fault }: { fault: { id: string } }) =>
    meant?.some((names) => isMeant(fault.id, names)) ?? true;
  const chosen = {
    paths: found.paths.filter(isChosen),
    hosts: found.hosts.filter(isChosen),
    killed: found.killed.filter(isChosen),
  };
  let left: string[] = [];
  await inTurn([
    () => allDone(chosen.hosts.map(({ host }) => healHost(host))),
    () => healPaths(chosen.paths),
    () => allDone(chosen.killed.map(({ wire }) => wire.remove([]))),
    async () => {
      // What was killed together with its probe is in no report, so that it cannot be chosen by an id.
      if (ids === undefined) left = await sweepLeftRules(roster);
    },
  ]);
  return faultsOf(chosen, left);
}

/** The faults in a lab, and where they are. */
interface Found {
  readonly paths: readonly { readonly wire: HostWire; readonly fault: FaultReport }[];
  readonly hosts: readonly { readonly host: Host; readonly fault: HostFault }[];
  /** Wires that were killed. */
  readonly killed: readonly { readonly wire: HostWire; readonly fault: { readonly id: string } }[];
}

interface Looked extends Found {
  /** The name under which the network of a host is known. */
  networkHost(name: string): string[];
}

async function look(roster: Roster): Promise<Looked> {
  const all = await roster.hosts();
  const wires = await HostWire.find(all);
  const found = await Promise.all(
    wires.map(async (wire) => ({ wire, status: await wire.statusIfThere() })),
  );
  const paths = found.flatMap(({ wire, status }) =>
    reportsOf(wire, status?.faults ?? [], all).map((fault) => ({ wire, fault })),
  );
  const killed = found
    .filter(({ wire, status }) => status?.isKilled && !wire.isPast)
    .map(({ wire }) => ({ wire, fault: { id: `${wire.host.name}/killed` } }));
  const hosts = all.flatMap((host) => {
    const fault = hostFault(host);
    return fault === undefined ? [] : [{ host, fault }];
  });
  const networkHost = (name: string) =>
    all.filter((one) => one.name === name).map((one) => networkHostOf(one, all).name);
  return { paths, hosts, killed, networkHost };
}

function reportsOf(
  wire: HostWire,
  faults: readonly FaultStatus[],
  hosts: readonly Host[],
): FaultReport[] {
  return faults.map((status) => ({
    id: `${wire.host.name}/${status.id}`,
    ...senderOf(status, hosts),
    to: wire.host.name,
    status,
  }));
}

/** The sender whose packets a fault impairs, by its current name. */
function senderOf(
  { settings: { from = [], sender = from.join(', ') } }: FaultStatus,
  hosts: readonly Host[],
): Pick<FaultReport, 'from' | 'isOutdated'> {
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

/** @param left the names of hosts where nothing but the rules of a killed wire was left */
function faultsOf({ paths, hosts, killed }: Found, left: readonly string[] = []): FaultReports {
  const reports = (isPast: boolean) =>
    paths.filter(({ wire }) => wire.isPast === isPast).map(({ fault }) => fault);
  const over = reports(true);
  const allKilled = [...killed.map(({ wire }) => wire.host.name), ...left];
  return {
    paths: reports(false),
    hosts: hosts.map(({ fault }) => fault),
    ...(over.length > 0 && { over }),
    ...(allKilled.length > 0 && { killed: allKilled }),
  };
}

/** An id begins with the name of its host, which contains no slash. */
function isMeant(id: string, names: readonly string[]): boolean {
  return names.some((name) => id === name || id.startsWith(`${name}/`));
}

async function healPaths(paths: Found['paths']): Promise<void> {
  const byWire = Map.groupBy(paths, ({ wire }) => wire);
  await allDone(
    [...byWire].map(([wire, found]) => wire.remove(found.map(({ fault }) => fault.status.id))),
  );
}

function noFault(id: string, known: readonly string[]): LabError {
  const why = known.length === 0 ? 'there are no faults' : `the faults are ${known.join(', ')}`;
  return new LabError('NO_FAULT', `Cannot heal "${id}": ${why}`);
}
