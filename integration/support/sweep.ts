/** Finds and removes what test runs have started: containers, networks, image tags, and the labs of the instruments. */
import { randomBytes } from 'node:crypto';
import { sweep as sweepLabs } from '../../lab/index.ts';
import { docker, RUN_LABEL, runOf } from './docker.ts';

/** An id for a run of this process: whether a run is over can be read off it. */
export function newRunId(): string {
  return `${process.pid}x${randomBytes(4).toString('hex')}`;
}

/** Whether the process that began a run has ended. */
export function isOver(runId: string): boolean {
  try {
    process.kill(Number.parseInt(runId, 10), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** On all that belongs to a lab of the instruments: its hosts, their probes, its network. */
const LAB_LABEL = 'socketlab.lab';

type Labels = Readonly<Record<string, string>> | undefined;

/**
 * Removes what belongs to the runs chosen, and the labs of processes that have ended.
 *
 * @returns how many things were found. What somebody else removes meanwhile is no failure.
 */
export async function sweep(chosen: (runId: string) => boolean): Promise<number> {
  const isOfRun = (labels: Labels, ...names: string[]) => {
    const runId = labels?.[RUN_LABEL] ?? names.map(runOf).find((run) => run !== undefined);
    return runId !== undefined && chosen(runId);
  };
  const all = await docker.listContainers({ all: true });
  const started = all.filter(({ Names, Image, Labels }) =>
    isOfRun(Labels, Names[0]?.slice(1) ?? '', Image),
  );
  // A lab of the instruments knows no run: it is the run's whose images its hosts have.
  const labs = new Set(started.map(({ Labels }) => Labels[LAB_LABEL]));
  const isInLab = (labels: Labels) => {
    const lab = labels?.[LAB_LABEL];
    return lab !== undefined && labs.has(lab);
  };
  const containers = all.filter((found) => started.includes(found) || isInLab(found.Labels));
  await Promise.allSettled(
    containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })),
  );

  const networks = (await docker.listNetworks()).filter(
    ({ Name, Labels }) => isOfRun(Labels, `${Name}-`) || isInLab(Labels),
  );
  await Promise.allSettled(networks.map(({ Id }) => docker.getNetwork(Id).remove()));

  const tags = (await docker.listImages())
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => chosen(runOf(tag) ?? ''));
  await Promise.allSettled(tags.map((tag) => docker.getImage(tag).remove()));
  const orphans = await sweepLabs().catch(() => []);
  return containers.length + networks.length + tags.length + orphans.length;
}
