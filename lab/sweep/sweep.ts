import { inTurn } from '../engine/all-done.ts';
import { removeLeftRules } from '../faults/left-rules.ts';
import type { Roster } from '../hosts/roster.ts';
import { removeOldProbeImages } from '../probes/probe-image.ts';
import { removeOrphanImages } from './orphan-images.ts';
import { removeOrphans } from './orphans.ts';

/**
 * Removes what crashes have left: probes and labs of processes that have ended, the kernel's rules of killed wires in a lab that
 * is up, images of programs that were graded, and probe images of older versions of this package. Faults whose wire works stay.
 *
 * @param lab one that is up, if there is any
 * @returns what was removed: the names of containers, networks and images, and `rules in HOST`.
 * @throws {LabError} what could not be removed; everything else is.
 */
export async function sweep(lab?: Roster): Promise<string[]> {
  const removed: string[] = [];
  await inTurn([
    async () => removed.push(...(await removeOrphans())),
    async () => {
      const hosts = lab === undefined ? [] : await removeLeftRules(lab);
      removed.push(...hosts.map((name) => `rules in ${name}`));
    },
    async () => removed.push(...(await removeOrphanImages())),
    async () => removed.push(...(await removeOldProbeImages())),
  ]);
  return removed;
}
