import { removeOrphans } from './engine/remove.ts';
import { removeLeftRules } from './faults/left-rules.ts';
import type { Lab } from './lab.ts';
import { removeOldProbeImages } from './probes/probe-image.ts';
import { inTurn } from './util/all-done.ts';

/**
 * Removes what crashes have left: probes and labs of processes that have ended, and in a lab that is up the kernel's rules of
 * a wire that was killed. Faults that are in order stay. Images of probes go that an older version of this package has left.
 *
 * @param lab one that is up, if there is any
 * @returns what was removed: the names of containers, networks and images, and `rules in HOST`.
 * @throws {LabError} what could not be removed; all the rest is.
 */
export async function sweep(lab?: Lab): Promise<string[]> {
  const removed: string[] = [];
  await inTurn([
    async () => removed.push(...(await removeOrphans())),
    async () => {
      const hosts = lab === undefined ? [] : await removeLeftRules(lab);
      removed.push(...hosts.map((name) => `rules in ${name}`));
    },
    async () => removed.push(...(await removeOldProbeImages())),
  ]);
  return removed;
}
