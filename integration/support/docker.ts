/** The engine, and the names by which everything of a test run is found again. */
import Dockerode from 'dockerode';

export const docker = new Dockerode();

/** The run's id, behind this, names the Compose projects and the images of a run. */
const RUN_PREFIX = 'socketlab-test';

/** A name that belongs to a run: for a Compose project or an image. */
export function nameInRun(runId: string, name: string): string {
  return `${RUN_PREFIX}-${runId}-${name}`;
}

/** The run that a name made by `nameInRun` belongs to. */
export function runOf(name: string): string | undefined {
  return new RegExp(`^${RUN_PREFIX}-([0-9a-f]+(?:x[0-9a-f]+){3})-`).exec(name)?.[1];
}
