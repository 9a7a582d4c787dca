import { allDone } from './all-done.ts';
import { HostWire } from './faults/host-wire.ts';
import { removeRules } from './faults/wire-probe.ts';
import type { Lab } from './lab.ts';
import { hasProbeImage, removeOldProbeImages } from './probe-image.ts';
import { removeOrphans } from './remove.ts';

/**
 * Removes what crashes have left: probes and labs of processes that have ended, and in a lab that is up the kernel's rules of
 * a wire that was killed. Faults that are in order stay. Images of probes go that an older version of this package has left.
 *
 * @param lab one that is up, if there is any
 * @returns the names of the containers, networks and images that were removed.
 */
export async function sweep(lab?: Lab): Promise<string[]> {
  const removed = await removeOrphans();
  // Without an image of probes no wire was ever here, and none is built to look for its rules.
  if (lab !== undefined && (await hasProbeImage())) await removeLeftRules(lab);
  return [...removed, ...(await removeOldProbeImages())];
}

async function removeLeftRules(lab: Lab): Promise<void> {
  const hosts = await lab.hosts();
  await allDone(
    hosts
      .filter(({ state }) => state === 'running')
      .map(async (host) => {
        const wire = await HostWire.find(host);
        // One without a fault was left by a tool that was killed before it could add one: it ends.
        await (wire ? wire.remove([]) : removeRules(host));
      }),
  );
}
