/** Finds and removes what test runs have started: containers, networks, image tags, engines, and labs. */
import { createHash, randomBytes } from 'node:crypto';
import { LAB } from '../../lab/engine/labels.ts';
import { hasEnded, thisProcess } from '../../lab/engine/owner.ts';
import { removeLab } from '../../lab/engine/remove.ts';
import { sweep as sweepLabs } from '../../lab/index.ts';
import { docker, runOf } from './docker.ts';
import { leftEngines, removeEngine } from './second-engine.ts';

const [boot, pids, pid, start] = thisProcess.split(':');
/** Short for where this process runs, as names of hosts and networks are made of it. */
const place = createHash('sha256').update(`${boot}:${pids}`).digest('hex').slice(0, 8);

/** An id for a run of this process: whether a run is over can be read off it. */
export function newRunId(): string {
  return [place, pid, start, randomBytes(4).toString('hex')].join('x');
}

/** Whether the process that began a run is known to have ended. */
export function isOver(runId: string): boolean {
  const [where, ...process] = runId.split('x');
  return where === place && hasEnded([boot, pids, process[0], process[1]].join(':'));
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
  const orphans = await sweepLabs().then(
    ({ removed }) => removed,
    () => [],
  );
  return [containers, networks, tags, engines, orphans].flat().length;
}
