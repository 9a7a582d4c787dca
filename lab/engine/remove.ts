/** Removes what belongs to labs. */

import type { LabError } from '../model/lab-error.ts';
import { allDone, inTurn } from './all-done.ts';
import { containersWith } from './containers.ts';
import { ask, type ContainerInfo } from './docker.ts';
import { LAB } from './labels.ts';

/** Removes the hosts, the probes and the network of a lab that `Lab.start` made. */
export async function removeLab(lab: string): Promise<void> {
  const containers = await containersWith(`${LAB}=${lab}`);
  await inTurn([
    () => removeContainers(containers),
    () => removeNetwork(lab),
    () => removeVolumes(`${LAB}=${lab}`),
  ]);
}

export async function removeContainers(containers: readonly ContainerInfo[]): Promise<void> {
  await allDone(containers.map(({ Id }) => removeContainer(Id)));
}

/** Removes a container, even a running one. If it no longer exists, nothing happens; if it is being removed, that is waited for. */
export async function removeContainer(id: string): Promise<void> {
  const what = 'remove a container of the lab';
  const request = { force: true, v: true };
  try {
    await ask(what, (engine) => engine.getContainer(id).remove(request));
  } catch (error) {
    if (statusOf(error) !== BEING_REMOVED) return ignoreGone(error);
    // Until then it is attached to its network, which could not be removed.
    await ask(what, (engine) => engine.getContainer(id).wait({ condition: 'removed' })).catch(
      ignoreGone,
    );
  }
}

export async function removeNetwork(name: string): Promise<void> {
  await ask(`remove network "${name}"`, (engine) => engine.getNetwork(name).remove()).catch(
    ignoreGone,
  );
}

async function removeVolumes(label: string): Promise<void> {
  const found = await ask('list the volumes of the lab', (engine) =>
    engine.listVolumes({ filters: { label: [label] } }),
  );
  const remove = (name: string) =>
    ask(`remove volume "${name}"`, (engine) => engine.getVolume(name).remove()).catch(ignoreGone);
  await allDone((found.Volumes ?? []).map(({ Name }) => remove(Name)));
}

/** @returns whether it was removed: a container may have it, or it may be gone already */
export async function removeImage(name: string): Promise<boolean> {
  const removal = ask(`remove image "${name}"`, (engine) => engine.getImage(name).remove());
  return (await removal.catch(ignoreGone)) !== undefined;
}

/** HTTP statuses of the engine. */
const GONE = 404;
const BEING_REMOVED = 409;

/** Another process may be removing the same thing: that it no longer exists, or soon will not, is no error. */
export function ignoreGone(error: unknown): void {
  const status = statusOf(error);
  if (status !== GONE && status !== BEING_REMOVED) throw error;
}

function statusOf(error: unknown): number | undefined {
  return ((error as LabError).cause as { statusCode?: number } | undefined)?.statusCode;
}
