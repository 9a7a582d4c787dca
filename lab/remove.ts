/** Removes what belongs to labs: when one ends, and when a crash has left something. */
import { ask, type ContainerInfo } from './docker.ts';
import type { LabError } from './error.ts';
import { containersWith } from './find-hosts.ts';
import { hasEnded, LAB, OWNER, PURPOSE, STARTER } from './labels.ts';

/** Removes the hosts, the probes and the network of a lab that `Lab.start` made. */
export async function removeLab(lab: string): Promise<void> {
  await removeContainers(await containersWith(`${LAB}=${lab}`));
  await removeNetwork(lab);
}

/**
 * Removes what processes left that have ended without cleaning up: their probes, and their labs; and the
 * probes of hosts that are gone.
 *
 * @returns the names of what was removed.
 */
export async function removeOrphans(): Promise<string[]> {
  const isOrphan = ({ Labels = {} }: { Labels?: Record<string, string> | undefined }) =>
    hasEnded(Labels[OWNER] ?? '');
  const networks = await ask('list the networks of labs', (engine) =>
    engine.listNetworks({ filters: { label: [OWNER] } }),
  );
  const labs = networks.filter(isOrphan).map(({ Name }) => Name);
  // A wire has no owner: it goes with its lab, and with its host.
  const [containers, running] = await Promise.all([containersWith(LAB), namespacesInUse()]);
  const orphans = containers.filter(
    (one) =>
      isOrphan(one) ||
      isNeverStarted(one) ||
      labs.includes(one.Labels[LAB] ?? '') ||
      (isProbe(one) && !running.has(one.HostConfig.NetworkMode)),
  );
  await removeContainers(orphans);
  await Promise.all(labs.map((lab) => removeNetwork(lab)));
  return [...orphans.map(({ Names }) => Names[0]?.slice(1) ?? ''), ...labs];
}

/** The network namespaces that probes of running containers join, as the engine names them. */
async function namespacesInUse(): Promise<Set<string>> {
  const containers = await ask('list the containers', (engine) => engine.listContainers());
  return new Set(containers.map(({ Id }) => `container:${Id}`));
}

/** Whoever made it was killed before it could start it. */
const isNeverStarted = ({ State, Labels }: ContainerInfo) =>
  State === 'created' && hasEnded(Labels[STARTER] ?? '');

const isProbe = ({ Labels }: ContainerInfo) => Labels[PURPOSE] !== undefined;

async function removeContainers(containers: readonly ContainerInfo[]): Promise<void> {
  const removals = containers.map(({ Id }) =>
    ask('remove a container of the lab', (engine) =>
      engine.getContainer(Id).remove({ force: true, v: true }),
    ).catch(ignoreGone),
  );
  await Promise.all(removals);
}

async function removeNetwork(name: string): Promise<void> {
  await ask(`remove network "${name}"`, (engine) => engine.getNetwork(name).remove()).catch(
    ignoreGone,
  );
}

/** Somebody else may be removing the same thing: what is gone, or going (HTTP 409), is as it should be. */
function ignoreGone(error: LabError): void {
  const { statusCode } = error.cause as { statusCode?: number };
  if (statusCode !== 404 && statusCode !== 409) throw error;
}
