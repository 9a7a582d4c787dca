import { allDone, inTurn } from '../engine/all-done.ts';
import type { Roster } from '../hosts/roster.ts';
import type { FaultReport, FaultReports, HostFault } from '../model/fault-report.ts';
import { LabError } from '../model/lab-error.ts';
import { prepareObserver } from '../probes/observer.ts';
import { hasProbeImage } from '../probes/probe-image.ts';
import { type Found, type FoundFault, type FoundPath, findFaults } from './find-faults.ts';
import { healHost } from './host-faults.ts';
import { sweepLeftRules } from './left-rules.ts';

/** All faults in a lab, whichever process began them. */
export async function allFaults(roster: Roster): Promise<FaultReports> {
  return faultsOf(await findFaults(roster));
}

/**
 * Heals faults in a lab, whichever process began them.
 *
 * @param ids as in the reports, or the name of a host, for all faults of packets into it or from it; default: all, and no host
 * that has ended by itself is started
 * @returns the faults that were healed, and what they had done
 * @throws {LabError} `NO_FAULT` if an id or a host has no fault; then nothing is healed. Any other failure does not keep the
 * rest from being healed.
 */
export async function healFaults(roster: Roster, ids?: readonly string[]): Promise<FaultReports> {
  // For the rules that killed wires have left, which are looked for at the end.
  if (ids === undefined && (await hasProbeImage())) prepareObserver();
  const found = await findFaults(roster);
  const meant = ids?.map((asked) => [asked, ...found.networkHost(asked)]);
  const known = [...found.paths, ...found.hosts, ...found.killed];
  const unknown = meant?.find((names) => !known.some((one) => isNamed(one, names)));
  if (unknown !== undefined) throw noFault(unknown[0] ?? '', known);
  const isChosen = (one: FoundFault) => meant?.some((names) => isNamed(one, names)) ?? true;
  // A fault is healed as a whole, although only one of its directions may be known to be about a host.
  const chosenIds = new Set(found.paths.filter(isChosen).map(({ id }) => id));
  const chosen = {
    paths: found.paths.filter(({ id }) => chosenIds.has(id)),
    // One that has ended by itself is started if it is named: it may have been done.
    hosts: found.hosts.filter((one) => isChosen(one) && (ids !== undefined || isBroken(one.fault))),
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

const isBroken = ({ state, isByFault }: HostFault) => state === 'paused' || isByFault === true;

/** @param left the names of hosts where nothing but the rules of a killed wire was left */
function faultsOf({ paths, hosts, killed }: Found, left: readonly string[] = []): FaultReports {
  const over = faultReports(paths.filter(({ wire }) => wire.isPast));
  const allKilled = [...killed.map(({ wire }) => wire.host.name), ...left];
  return {
    paths: faultReports(paths.filter(({ wire }) => !wire.isPast)),
    hosts: hosts.map(({ fault }) => fault),
    ...(over.length > 0 && { over }),
    ...(allKilled.length > 0 && { killed: allKilled }),
  };
}

/** The directions of each fault together. */
function faultReports(paths: readonly FoundPath[]): FaultReport[] {
  const byId = Map.groupBy(paths, ({ id }) => id);
  return [...byId].flatMap(([id, found]) => {
    const [first, ...rest] = found.map(({ direction }) => direction);
    return first === undefined ? [] : [{ id, directions: [first, ...rest] }];
  });
}

/** Whether one of these names is that of a fault, or of a host that it is about. */
function isNamed({ id, about }: FoundFault, names: readonly string[]): boolean {
  return [id, ...about].some((name) => names.includes(name));
}

async function healPaths(paths: Found['paths']): Promise<void> {
  const byWire = Map.groupBy(paths, ({ wire }) => wire);
  await allDone([...byWire].map(([wire, found]) => wire.remove(found.map(({ id }) => id))));
}

function noFault(asked: string, found: readonly FoundFault[]): LabError {
  const ids = [...new Set(found.map(({ id }) => id))];
  const why = ids.length === 0 ? 'there are no faults' : `the faults are ${ids.join(', ')}`;
  return new LabError('NO_FAULT', `Cannot heal "${asked}": ${why}`);
}
