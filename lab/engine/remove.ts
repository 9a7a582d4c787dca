/** Removes what belongs to labs: when one ends, and when a crash has left something. */

import { containersWith } from '../hosts/list-hosts.ts';
import type { LabError } from '../model/lab-error.ts';
import { allDone, inTurn } from '../util/all-done.ts';
import { ask, type ContainerInfo } from './docker.ts';
import { hasEnded, LAB, OWNER, PURPOSE, STARTER } from './labels.ts';

/** Removes the hosts, the probes and the network of a lab that `Lab.start` made. */
export async function removeLab(lab: string): Promise<void> {
  const containers = await containersWith(`${LAB}=${lab}`);
  await inTurn([() => removeContainers(containers), () => removeNetwork(lab)]);
}

/**
 * Removes what processes left that have ended without cleaning up: their probes, and their labs; and the
 * probes of hosts that are gone, but for those of a lab whose process goes on.
 *
 * @returns the names of what was removed.
 */
export async function removeOrphans(): Promise<string[]> {
  const isOrphan = ({ Labels = {} }: { Labels?: Record<string, string> | undefined }) =>
    hasEnded(Labels[OWNER] ?? '');
  const networks = await ask('list the networks of labs', (engine) =>
    engine.listNetworks({ filters: { label: [OWNER] } }),
  );
  const labs = networks.filter(isOrphan).map(({ Name }) => Name);
  const owned = networks.filter((network) => !isOrphan(network)).map(({ Name }) => Name);
  // A wire has no owner: it goes with its lab, and with its host, unless whoever owns the lab may still ask what it did.
  const containers = await containersWith(LAB);
  // Asked later, so that the host of every probe among them is there, unless it has ended.
  const running = await namespacesInUse();
  const orphans = containers.filter(
    (one) =>
      isOrphan(one) ||
      isNeverStarted(one) ||
      labs.includes(one.Labels[LAB] ?? '') ||
      (isProbe(one) &&
        !running.has(one.HostConfig.NetworkMode) &&
        !owned.includes(one.Labels[LAB] ?? '')),
  );
  await inTurn([
    () => removeContainers(orphans),
    () => allDone(labs.map((lab) => removeNetwork(lab))),
  ]);
  return [...orphans.map(({ Names }) => Names[0]?.slice(1) ?? ''), ...labs];
}

/** The network namespaces that probes of running containers join, as the engine names them. */
async function namespacesInUse(): Promise<Set<string>> {
  const containers = await ask('list the containers', (engine) => engine.listContainers());
  return new Set(containers.map(({ Id }) => `container:${Id}`));
}

/** Whoever made it was killed before it could start it. */
const isNeverStarted = ({ State, Labels }: ContainerInfo) =>
  State === 'created' && hasEnded(Labels[STARTER] ?? '');

const isProbe = ({ Labels }: ContainerInfo) => Labels[PURPOSE] !== undefined;

async function removeContainers(containers: readonly ContainerInfo[]): Promise<void> {
  await allDone(containers.map(({ Id }) => removeContainer(Id)));
}

/** Removes a container, also one that runs; nothing happens when it is gone, and one that somebody else removes is waited for. */
export async function removeContainer(id: string): Promise<void> {
  const what = 'remove a container of the lab';
  const request = { force: true, v: true };
  try {
    await ask(what, (engine) => engine.getContainer(id).remove(request));
  } catch (error) {
    if (statusOf(error) !== BEING_REMOVED) return ignoreGone(error);
    // Until then it has its place on the network, which could not be removed.
    await ask(what, (engine) => engine.getContainer(id).wait({ condition: 'removed' })).catch(
      ignoreGone,
    );
  }
}

async function removeNetwork(name: string): Promise<void> {
  await ask(`remove network "${name}"`, (engine) => engine.getNetwork(name).remove()).catch(
    ignoreGone,
  );
}

/** HTTP statuses of the engine. */
const GONE = 404;
const BEING_REMOVED = 409;

/** Somebody else may be removing the same thing: what is gone, or going, is as it should be. */
export function ignoreGone(error: unknown): void {
  const status = statusOf(error);
  if (status !== GONE && status !== BEING_REMOVED) throw error;
}

function statusOf(error: unknown): number | undefined {
  return ((error as LabError).cause as { statusCode?: number } | undefined)?.statusCode;
}
