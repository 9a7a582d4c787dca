/**
 * Which hosts a fault has ended, as opposed to those that ended by themselves. It must outlive the process that ended one, and the
 * engine takes no label for a container that exists: so it is noted in the labels of an empty volume, one for each such host.
 */
import { allDone } from '../engine/all-done.ts';
import { containersWith } from '../engine/containers.ts';
import { ask } from '../engine/docker.ts';
import { ENDED, LAB } from '../engine/labels.ts';
import { ignoreGone } from '../engine/remove.ts';
import type { Host } from '../hosts/host.ts';

/** Kills a host, as a fault. */
export async function killHost(host: Host): Promise<void> {
  await note(host);
  await host.kill();
}

/** Stops a host gracefully, as a fault. */
export async function stopHost(host: Host): Promise<void> {
  await note(host);
  await host.stop();
}

/** Before it is ended, as nobody would know afterwards if this process were killed in between. */
async function note(host: Host): Promise<void> {
  // That of an earlier run would stay as it is.
  await forgetEnd(host);
  const Labels = { [LAB]: host.lab, [ENDED]: runOf(host) };
  await ask(`note the fault of host "${host.name}"`, (engine) =>
    engine.createVolume({ Name: nameOf(host), Labels }),
  );
}

/** Whether a fault has ended the last run of a host, by the host. */
export async function endedByFault(lab: string): Promise<(host: Host) => boolean> {
  const filters = { label: [`${LAB}=${lab}`, ENDED] };
  const { Volumes } = await ask('list the hosts that faults have ended', (engine) =>
    engine.listVolumes({ filters }),
  );
  const runs = new Set((Volumes ?? []).map(({ Labels }) => Labels?.[ENDED]));
  return (host) => runs.has(runOf(host));
}

/** For a host that is up again. */
export async function forgetEnd(host: Host): Promise<void> {
  await ask(`heal host "${host.name}"`, (engine) => engine.getVolume(nameOf(host)).remove()).catch(
    ignoreGone,
  );
}

/** Removes the notes of hosts that no longer exist, or only finds them. @returns the names of their volumes */
export async function sweepNotes({ dryRun = false }): Promise<string[]> {
  const what = 'remove notes of hosts that are gone';
  const { Volumes } = await ask(what, (engine) =>
    engine.listVolumes({ filters: { label: [ENDED] } }),
  );
  // Requested later, so that it has the host of every note.
  const hosts = new Set((await containersWith()).map(({ Id }) => Id));
  const gone = (Volumes ?? []).filter(({ Labels }) => !hosts.has(hostOf(Labels[ENDED] ?? '')));
  const remove = (name: string) =>
    ask(what, (engine) => engine.getVolume(name).remove()).catch(ignoreGone);
  if (!dryRun) await allDone(gone.map(({ Name }) => remove(Name)));
  return gone.map(({ Name }) => Name);
}

const hostOf = (run: string) => run.split(' ', 1)[0] ?? '';

/** It may have been started again since, and have ended by itself. */
const runOf = ({ id, startedAt }: Host) => `${id} ${startedAt.toISOString()}`;

const nameOf = (host: Host) => `socketlab-ended-${host.id.slice(0, 12)}`;
