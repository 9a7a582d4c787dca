/** Every host has its name, and no step is somebody's whom nobody knows. */
import type { PacketStep } from '../../../lab/index.ts';
import { isGroup } from '../../../lab/timeline/packets/addresses.ts';
import type { Told } from '../told.ts';

export function* hostsHaveNames(told: Told): Generator<string> {
  const names = new Set(told.events.flatMap((one) => (one.kind === 'host' ? [one.host] : [])));
  for (const step of told.steps) {
    if (!names.has(step.host) && !(step.kind === 'packet' && isOfLink(step)))
      yield `${told.text(step)} is at "${step.host}", no host of the lab`;
    if (step.kind !== 'packet') continue;
    if (!names.has(step.from) && !isOfLink(step)) yield `${told.text(step)} is from "${step.from}"`;
    if (!names.has(step.to) && !isGroup(step.packet)) yield `${told.text(step)} is to "${step.to}"`;
  }
  for (const { id, client, server } of told.conversations) {
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
