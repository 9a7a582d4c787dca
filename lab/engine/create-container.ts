import { setTimeout as sleep } from 'node:timers/promises';
import type { LabError } from '../model/lab-error.ts';
import { ask, type Container, type ContainerCreateOptions } from './docker.ts';

const LOOK_AGAIN_MS = 1000;
/** What is made after that is for `sweep`. */
const LOOKS_MAX = 300;

/**
 * Creates a container. If the engine does not answer in time it may still do so later: the container is then removed as soon as it
 * is there.
 *
 * @throws {LabError} as `ask` does
 */
export async function createContainer(
  what: string,
  options: ContainerCreateOptions & { readonly name: string },
): Promise<Container> {
  try {
    return await ask(what, (engine) => engine.createContainer(options));
  } catch (error) {
    if ((error as LabError).code === 'TIMED_OUT') void removeLate(options.name);
    throw error;
  }
}

/** While this process lasts, which it does not keep alive. */
async function removeLate(name: string): Promise<void> {
  const remove = () =>
    ask('remove what was made too late', (engine) =>
      engine.getContainer(name).remove({ force: true }),
    ).then(
      () => true,
      () => false,
    );
  for (let looks = 0; looks < LOOKS_MAX && !(await remove()); looks += 1) {
    await sleep(LOOK_AGAIN_MS, undefined, { ref: false });
  }
}
