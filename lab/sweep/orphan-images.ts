import { allDone } from '../engine/all-done.ts';
import { ask } from '../engine/docker.ts';
import { hasEnded, OWNER } from '../engine/labels.ts';
import { ignoreGone } from '../engine/remove.ts';

const ID_LENGTH = 12;

/**
 * Removes the images that processes have built for a while, and have ended without removing them.
 *
 * @returns their ids, as `docker images` shows them.
 */
export async function removeOrphanImages(): Promise<string[]> {
  const found = await ask('list the images', (engine) =>
    engine.listImages({ filters: { label: [OWNER] } }),
  );
  const orphans = found.filter(({ Labels }) => hasEnded(Labels?.[OWNER] ?? ''));
  const removed = orphans.map(async ({ Id }) => {
    const removal = ask(`remove image "${Id}"`, (engine) =>
      engine.getImage(Id).remove({ force: true }),
    );
    await removal.catch(ignoreGone);
    return Id.replace('sha256:', '').slice(0, ID_LENGTH);
  });
  return allDone(removed);
}
