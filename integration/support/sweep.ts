/** Finds and removes what test runs have started: containers, networks, image tags. */
import { randomBytes } from 'node:crypto';
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

/**
 * Removes what belongs to the runs chosen.
 *
 * @returns how many things were found. What somebody else removes meanwhile is no failure.
 */
export async function sweep(chosen: (runId: string) => boolean): Promise<number> {
  const isChosen = (name: string, labels: Record<string, string> = {}) => {
    const runId = labels[RUN_LABEL] ?? runOf(name);
    return runId !== undefined && chosen(runId);
  };
  const containers = (await docker.listContainers({ all: true })).filter(({ Names, Labels }) =>
    isChosen(Names[0]?.slice(1) ?? '', Labels),
  );
  await Promise.allSettled(
    containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })),
  );

  const networks = (await docker.listNetworks()).filter(({ Name, Labels }) =>
    isChosen(`${Name}-`, Labels),
  );
  await Promise.allSettled(networks.map(({ Id }) => docker.getNetwork(Id).remove()));

  const tags = (await docker.listImages())
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => chosen(runOf(tag) ?? ''));
  await Promise.allSettled(tags.map((tag) => docker.getImage(tag).remove()));
  return containers.length + networks.length + tags.length;
}
