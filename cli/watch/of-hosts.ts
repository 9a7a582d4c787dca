import { LabError, type LabEvent } from '../../lab/index.ts';
import { namesInShort } from '../../lab/names-in-short.ts';

/**
 * The events of some hosts; none is given before each of these hosts has been seen.
 *
 * @throws {LabError} `NO_HOST` when the recording ends and one of them is not in it.
 */
export async function* ofHosts(
  events: AsyncIterable<LabEvent>,
  names: readonly string[],
): AsyncGenerator<LabEvent> {
  const missing = new Set(names);
  const hosts = new Set<string>();
  const held: LabEvent[] = [];
  for await (const event of events) {
    if (missing.size > 0) hosts.add(event.host);
    missing.delete(event.host);
    if (!names.includes(event.host)) continue;
    held.push(event);
    if (missing.size === 0) yield* held.splice(0);
  }
  const [name] = missing;
  if (name === undefined) return;
  const why =
    hosts.size === 0 ? 'it has no hosts' : `the hosts are ${namesInShort([...hosts].sort())}`;
  throw new LabError('NO_HOST', `Cannot find host "${name}" in the recording: ${why}`);
}
