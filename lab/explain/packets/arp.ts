/** What an ARP packet is for (RFC 826; RFC 5227, section 3, of announcements; arp(7) of Linux). */

import { isGroup } from '../../timeline/packets/addresses.ts';
import type { PacketStep } from '../../timeline/step.ts';

export function arpSentence({ from, packet }: PacketStep): string {
  const { arp, ethernet } = packet;
  const { senderProtocolAddress: sender, targetProtocolAddress: target } = arp ?? {};
  if (sender === target) return `${from} announces to the link that it has ${target}.`;
  if (arp?.operation !== 1) return `${from} answers with its hardware address.`;
  if (ethernet && !isGroup(packet))
    return `${from} asks the host that had ${target} whether it still does. Its hardware address is known, but may be out of date.`;
  return `${from} asks every host on the link which hardware address ${target} has.`;
}
