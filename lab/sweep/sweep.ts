import { inTurn } from '../engine/all-done.ts';
import { sweepNotes } from '../faults/ended-hosts.ts';
import { sweepLeftRules } from '../faults/left-rules.ts';
import type { Roster } from '../hosts/roster.ts';
import { sweepProbeImages } from '../probes/probe-image.ts';
import { sweepOrphanImages } from './orphan-images.ts';
import { findOrphans, remnantsOf, removeOrphans } from './orphans.ts';
import type { Remnant, SweepOptions } from './remnant.ts';

/** What a sweep has found. */
export interface Swept {
  /** What was removed, or would be. */
  readonly removed: readonly Remnant[];
  /**
   * The networks of labs that stay, as it cannot be told from here whether their process has ended: it was in another container or on
   * another machine, or it was there before this machine was started.
   */
  readonly unknown: readonly string[];
}

/**
 * Removes what crashes have left, and what is known to be of no use to any process: probes and labs of processes that have ended,
 * the kernel's rules of killed wires in a lab that is up, images of programs that were graded, and probe images of older versions of
 * this package. Faults whose wire works stay.
 *
 * @param lab one that is up, if there is any
 * @param options how it goes about it
 * @throws {LabError} what could not be removed; everything else is.
 */
export async function sweep(lab?: Roster, options: SweepOptions = {}): Promise<Swept> {
  const removed: Remnant[] = [];
  let unknown: readonly string[] = [];
  await inTurn([
    async () => {
      const orphans = await findOrphans();
      if (!options.dryRun) await removeOrphans(orphans);
      removed.push(...remnantsOf(orphans));
      ({ unknown } = orphans);
    },
    async () => {
      const hosts = lab === undefined ? [] : await sweepLeftRules(lab, options);
      for (const name of hosts) removed.push({ kind: 'rules', name, why: 'wire-killed' });
    },
    async () => {
      const names = await sweepNotes(options);
      for (const name of names) removed.push({ kind: 'volume', name, why: 'host-gone' });
    },
    async () => removed.push(...(await sweepOrphanImages(options))),
    async () => {
      const names = await sweepProbeImages(options);
      for (const name of names) removed.push({ kind: 'image', name, why: 'outdated' });
    },
  ]);
  return { removed, unknown };
}
