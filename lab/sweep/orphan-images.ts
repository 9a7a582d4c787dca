import { allDone } from '../engine/all-done.ts';
import { ask } from '../engine/docker.ts';
import { BUILDER } from '../engine/labels.ts';
import { hasEnded } from '../engine/owner.ts';
import { removeImage } from '../engine/remove.ts';
import type { Remnant, SweepOptions } from './remnant.ts';

const ID_LENGTH = 12;

/**
 * Removes the images that processes have built for a while, and have ended without removing them. Such an image has no name: one
 * that has is somebody else's, based on it. One that a container has is in use.
 */
export async function sweepOrphanImages({ dryRun = false }: SweepOptions): Promise<Remnant[]> {
  const found = await ask('list the images', (engine) =>
    engine.listImages({ filters: { label: [BUILDER], dangling: ['true'] } }),
  );
  const orphans = found.filter(({ Labels }) => hasEnded(Labels?.[BUILDER] ?? ''));
  const swept = await allDone(
    orphans.map(async ({ Id }) => (dryRun || (await removeImage(Id)) ? [Id] : [])),
  );
  return swept.flat().map((id) => ({
    kind: 'image',
    name: id.replace('sha256:', '').slice(0, ID_LENGTH),
    why: 'owner-ended',
  }));
}
