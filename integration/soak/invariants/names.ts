/** Every host has its name, and no step belongs to an unknown host. */
import type { PacketStep } from '../../../lab/index.ts';
import { isGroup } from '../../../lab/timeline/packets/addresses.ts';
import type { Replay } from '../replay.ts';

export function* hostsHaveNames(replay: Replay): Generator<string> {
  const names = new Set(replay.events.flatMap((one) => (one.kind === 'host' ? [one.host] : [])));
  for (const step of replay.steps) {
    if (!names.has(step.host) && !(step.kind === 'packet' && isOfLink(step)))
      yield `${replay.text(step)} is at "${step.host}", no host of the lab`;
    if (step.kind !== 'packet') continue;
    if (!names.has(step.from) && !isOfLink(step))
      yield `${replay.text(step)} is from "${step.from}"`;
    if (!names.has(step.to) && !isGroup(step.packet))
      yield `${replay.text(step)} is to "${step.to}"`;
  }
  for (const { id, client, server } of replay.conversations) {
    for (const { host } of [client, server])
      if (!names.has(host)) yield `conversation ${id} is with "${host}", no host of the lab`;
  }
}

/**
 * To all, from who has no address yet (RFC 4291, section 2.5.2), or only that of the link: so also the machine's own ends of
 * the hosts' interfaces announce themselves, which are no hosts.
 */
function isOfLink({ packet, from }: PacketStep): boolean {
  return isGroup(packet) && (from === '::' || from.startsWith('fe80::'));
}
