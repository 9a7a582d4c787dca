/** What an ARP packet is for (RFC 826; RFC 5227, section 3, of announcements; arp(7) of Linux). */

import { isGroup } from '../../timeline/packets/addresses.ts';
import type { PacketStep } from '../../timeline/step.ts';

export function arpSentence({ from, packet }: PacketStep): string {
  const { arp, ethernet } = packet;
  const { senderProtocolAddress: sender, targetProtocolAddress: target } = arp ?? {};
  if (sender === target) return `${from} announces to the link that it has ${target}.`;
  if (arp?.operation !== 1) return `${from} answers with its hardware address.`;
  if (ethernet && !isGroup(packet))
    return `${from} asks the host that had ${target} whether it still has it. It knows its hardware address, but has not heard of it for a while.`;
  return `${from} asks every host on the link which hardware address ${target} has.`;
}
