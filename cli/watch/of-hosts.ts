import { LabError, type LabEvent } from '../../lab/index.ts';
import { namesInShort } from '../../lab/util/names-in-short.ts';

/**
 * The events of some hosts, and of those whose networks they share; none is given before each of these hosts has been seen.
 *
 * @throws {LabError} `NO_HOST` when the recording ends and one of them is not in it.
 */
export async function* ofHosts(
  events: AsyncIterable<LabEvent>,
  names: readonly string[],
): AsyncGenerator<LabEvent> {
  const missing = new Set(names);
  const shown = new Set(names);
  /** The last event of each host, by name. */
  const hosts = new Map<string, LabEvent | undefined>();
  const held: LabEvent[] = [];
  for await (const event of events) {
    const isHost = event.kind === 'host';
    if (isHost || !hosts.has(event.host)) hosts.set(event.host, isHost ? event : undefined);
    missing.delete(event.host);
    if (!shown.has(event.host)) continue;
    const owner = isHost ? event.sharesNetworkOf : undefined;
    if (owner !== undefined && !shown.has(owner)) {
      shown.add(owner);
      held.push(...[hosts.get(owner) ?? []].flat());
    }
    held.push(event);
    if (missing.size === 0) yield* held.splice(0);
  }
  const [name] = missing;
  if (name === undefined) return;
  const why =
    hosts.size === 0
      ? 'it has no hosts'
      : `the hosts are ${namesInShort([...hosts.keys()].sort())}`;
  throw new LabError('NO_HOST', `Cannot find host "${name}" in the recording: ${why}`);
}
