import { allDone, inTurn } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import { networkHostOf } from '../hosts/network-hosts.ts';
import type { Roster } from '../hosts/roster.ts';
import type { FaultReport, FaultReports, HostFault } from '../model/fault-report.ts';
import { LabError } from '../model/lab-error.ts';
import type { FaultStatus } from '../model/wire-status.ts';
import { healHost, hostFault } from './host-faults.ts';
import { HostWire } from './host-wire.ts';
import { removeLeftRules } from './left-rules.ts';

/** All that is wrong in a lab now, whoever began it. */
export async function allFaults(roster: Roster): Promise<FaultReports> {
  return faultsOf(await look(roster));
}

/**
 * Ends what is wrong in a lab, whoever began it.
 *
 * @param ids as in the reports, or the name of a host for all that is wrong there; default: all of it
 * @returns what was healed, with what it had done
 * @throws {LabError} `NO_FAULT` for an id, or a host, of no fault; then nothing is healed. What else fails keeps nothing from being healed.
 */
export async function healFaults(roster: Roster, ids?: readonly string[]): Promise<FaultReports> {
  const found = await look(roster);
  const known = [...found.paths, ...found.hosts].map(({ fault }) => fault.id);
  const meant = ids?.map((asked) => [asked, ...found.networkHost(asked)]);
  const unknown = meant?.find((names) => !known.some((id) => isMeant(id, names)));
  if (unknown !== undefined) throw noFault(unknown[0] ?? '', known);
  const isChosen = ({ fault }: { fault: { id: string } }) =>
    meant?.some((names) => isMeant(fault.id, names)) ?? true;
  const chosen = { paths: found.paths.filter(isChosen), hosts: found.hosts.filter(isChosen) };
  let killed: string[] = [];
  await inTurn([
    () => allDone(chosen.hosts.map(({ host }) => healHost(host))),
    () => healPaths(chosen.paths),
    async () => {
      // Of a wire that was killed no report tells, so that nobody can choose it.
      if (ids === undefined) killed = await removeLeftRules(roster);
    },
  ]);
  return { ...faultsOf(chosen), ...(killed.length > 0 && { killed }) };
}

/** What is wrong, and where. */
interface Found {
  readonly paths: readonly { readonly wire: HostWire; readonly fault: FaultReport }[];
  readonly hosts: readonly { readonly host: Host; readonly fault: HostFault }[];
}

interface Looked extends Found {
  /** The name of the host whose network a host has. */
  networkHost(name: string): string[];
}

async function look(roster: Roster): Promise<Looked> {
  const all = await roster.hosts();
  const wires = await HostWire.find(all);
  const paths = await Promise.all(
    wires.map(async (wire) => (await reportsOf(wire, all)).map((fault) => ({ wire, fault }))),
  );
  const hosts = all.flatMap((host) => {
    const fault = hostFault(host);
    return fault === undefined ? [] : [{ host, fault }];
  });
  const networkHost = (name: string) =>
    all.filter((one) => one.name === name).map((one) => networkHostOf(one, all).name);
  return { paths: paths.flat(), hosts, networkHost };
}

async function reportsOf(wire: HostWire, hosts: readonly Host[]): Promise<FaultReport[]> {
  const faults = await wire.faults();
  return faults.map((status) => ({
    id: `${wire.host.name}/${status.id}`,
    ...senderOf(status, hosts),
    to: wire.host.name,
    status,
  }));
}

/** Whose packets a fault is for, by the name that the host has now. */
function senderOf(
  { settings: { from = [], sender = from.join(', ') } }: FaultStatus,
  hosts: readonly Host[],
): Pick<FaultReport, 'from' | 'isOutdated'> {
  const has = ({ addresses }: Host) => addresses.some((address) => from.includes(address));
  const namesake = hosts.find(({ name }) => name === sender);
  // With a second host of its service, a host is called differently.
  if (namesake === undefined) {
    const host = hosts.find(has);
    return { from: host ? networkHostOf(host, hosts).name : sender };
  }
  const { addresses } = namesake;
  const isOutdated = addresses.length > 0 && !from.every((one) => addresses.includes(one));
  return { from: sender, ...(isOutdated && { isOutdated }) };
}

function faultsOf({ paths, hosts }: Found): FaultReports {
  const reports = (isPast: boolean) =>
    paths.filter(({ wire }) => wire.isPast === isPast).map(({ fault }) => fault);
  const over = reports(true);
  return {
    paths: reports(false),
    hosts: hosts.map(({ fault }) => fault),
    ...(over.length > 0 && { over }),
  };
}

/** An id begins with the name of its host, in which there is no slash. */
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
