import { LabError } from '../model/lab-error.ts';
import { namesInShort } from '../util/names-in-short.ts';
import { Host } from './host.ts';
import { HostTracker } from './host-tracker.ts';
import { listHosts } from './list-hosts.ts';
import { compareWords } from './network-hosts.ts';

/** The hosts of a lab, sorted by name, as they are now. */
export function findHosts(lab: string): Promise<Host[]> {
  return new HostTracker(lab).look();
}

/**
 * The hosts with these names, in this order. The engine lists the lab, and inspects no other hosts.
 *
 * @throws {LabError} `NO_HOST`; the message names the existing hosts.
 */
export async function findNamed(lab: string, names: readonly string[]): Promise<Host[]> {
  if (names.length === 0) return [];
  const listed = await listHosts(lab);
  const ids = new Map(listed.map(({ container: { Id }, name }) => [name, Id]));
  const nameOf = (id: string) => listed.find(({ container: { Id } }) => Id === id)?.name;
  const all = [...ids.keys()].sort(compareWords);
  const found = names.map((name) => {
    const id = ids.get(name);
    if (id === undefined) throw noHost(name, lab, all);
    return { id, name };
  });
  return Promise.all(found.map(({ id, name }) => Host.attach(id, { host: name, lab, nameOf })));
}

function noHost(name: string, lab: string, names: readonly string[]): LabError {
  const why = names.length === 0 ? 'the lab has no hosts' : `the hosts are ${namesInShort(names)}`;
  return new LabError('NO_HOST', `Cannot find host "${name}" in lab "${lab}": ${why}`);
}
