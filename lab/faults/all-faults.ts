import { allDone, inTurn } from '../all-done.ts';
import { LabError } from '../error.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import type { FaultReport } from './direction.ts';
import { type HostFault, healHost, hostFault } from './host-faults.ts';
import { HostWire } from './host-wire.ts';
import { removeLeftRules } from './left-rules.ts';

/** All that is wrong in a lab now, whoever began it. */
export async function allFaults(lab: Lab): Promise<Faults> {
  const hosts = await lab.hosts();
  const wires = await Promise.all(hosts.map((host) => HostWire.find(host)));
  const reports = await Promise.all(
    wires.filter((wire) => wire !== undefined).map((wire) => reportsOf(wire, hosts)),
  );
  const broken = hosts.map(hostFault).filter((fault) => fault !== undefined);
  return { paths: reports.flat(), hosts: broken };
}

async function reportsOf(wire: HostWire, hosts: readonly Host[]): Promise<FaultReport[]> {
  const faults = await wire.faults();
  return faults.map((status) => {
    const { from = [], sender = from.join(', ') } = status.settings;
    const now = hosts.find(({ name }) => name === sender)?.addresses ?? [];
    const isOutdated = now.length > 0 && !now.some((address) => from.includes(address));
    return {
      id: `${wire.host.name}/${status.id}`,
      from: sender,
      to: wire.host.name,
      ...(isOutdated && { isOutdated }),
      status,
    };
  });
}

/** What is wrong in a lab: impaired paths, and hosts that are out of action. */
export interface Faults {
  readonly paths: FaultReport[];
  readonly hosts: HostFault[];
}

/**
 * Ends what is wrong in a lab, whoever began it.
 *
 * @param ids as in the reports, or the name of a host for all that is wrong there; default: all of it
 * @returns what was healed, with what it had done
 * @throws {LabError} `NO_FAULT` for an id, or a host, of no fault; then nothing is healed. What else fails keeps nothing from being healed.
 */
export async function healFaults(lab: Lab, ids?: readonly string[]): Promise<Faults> {
  const { paths, hosts } = await allFaults(lab);
  const known = [...paths, ...hosts].map(({ id }) => id);
  const unknown = ids?.find((asked) => !known.some((id) => isMeant(id, asked)));
  if (unknown !== undefined) throw noFault(unknown, known);
  const isChosen = ({ id }: { id: string }) => ids?.some((asked) => isMeant(id, asked)) ?? true;
  const chosen = { paths: paths.filter(isChosen), hosts: hosts.filter(isChosen) };
  await inTurn([
    () => healHosts(lab, chosen.hosts),
    () => healPaths(lab, chosen.paths),
    // Of a wire that was killed no report tells.
    async () => ids ?? (await removeLeftRules(lab)),
  ]);
  return chosen;
}

/** An id begins with the name of its host, in which there is no slash. */
function isMeant(id: string, asked: string): boolean {
  return id === asked || id.startsWith(`${asked}/`);
}

async function healHosts(lab: Lab, faults: readonly HostFault[]): Promise<void> {
  await allDone(faults.map(async ({ host }) => healHost(await lab.find(host))));
}

async function healPaths(lab: Lab, reports: readonly FaultReport[]): Promise<void> {
  const byHost = Map.groupBy(reports, ({ to }) => to);
  const deeds = [...byHost].map(async ([name, ofHost]) => {
    const wire = await HostWire.find(await lab.find(name));
    await wire?.remove(ofHost.map(({ status }) => status.id));
  });
  await allDone(deeds);
}

function noFault(id: string, known: readonly string[]): LabError {
  const why = known.length === 0 ? 'nothing is broken' : `the faults are ${known.join(', ')}`;
  return new LabError('NO_FAULT', `Cannot heal "${id}": ${why}`);
}
