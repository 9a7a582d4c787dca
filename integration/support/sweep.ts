/** Finds and removes what test runs have started: containers, networks, image tags, engines, and labs. */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { hasEnded, LAB } from '../../lab/engine/labels.ts';
import { removeLab } from '../../lab/engine/remove.ts';
import { sweep as sweepLabs } from '../../lab/index.ts';
import { docker, runOf } from './docker.ts';
import { leftEngines, removeEngine } from './second-engine.ts';

/** An id for a run of this process: whether a run is over can be read off it. */
export function newRunId(): string {
  return `${process.pid}x${randomBytes(4).toString('hex')}`;
}

/** Whether the process that began a run has ended. */
export function isOver(runId: string): boolean {
  return hasEnded(`${hostname()}:${Number.parseInt(runId, 10)}`);
}

/**
 * Removes what belongs to the runs chosen, and the labs of processes that have ended.
 *
 * @returns how many things were found. What somebody else removes meanwhile is no failure.
 */
export async function sweep(chosen: (runId: string) => boolean): Promise<number> {
  const isOfRun = (name = '') => {
    const runId = runOf(name);
    return runId !== undefined && chosen(runId);
  };
  const containers = (await docker.listContainers({ all: true })).filter(
    ({ Names, Image }) => isOfRun(Names[0]?.slice(1)) || isOfRun(Image),
  );
  await Promise.allSettled(
    containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })),
  );
  // A lab knows no run: it is the run's whose images its hosts have.
  const labs = new Set(containers.flatMap(({ Labels }) => Labels[LAB] ?? []));
  await Promise.allSettled([...labs].map(removeLab));

  const networks = (await docker.listNetworks()).filter(({ Name }) => isOfRun(Name));
  await Promise.allSettled(networks.map(({ Id }) => docker.getNetwork(Id).remove()));

  const tags = (await docker.listImages())
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => isOfRun(tag));
  await Promise.allSettled(tags.map((tag) => docker.getImage(tag).remove()));
  const engines = leftEngines(isOfRun);
  await Promise.allSettled(engines.map(removeEngine));
  const orphans = await sweepLabs().catch(() => []);
  return [containers, networks, tags, engines, orphans].flat().length;
}
