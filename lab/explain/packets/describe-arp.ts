import type { Arp } from '../../model/packet.ts';

const REQUEST = 1;
const REPLY = 2;

/** The question or the answer, as tcpdump words it. */
export function describeArp(arp: Arp): string {
  const { operation, senderProtocolAddress: sender, targetProtocolAddress: target } = arp;
  if (operation === REQUEST && sender === target) return `ARP ${sender} announces itself`;
  if (operation === REQUEST) return `ARP who has ${target}? tell ${sender}`;
  if (operation === REPLY) return `ARP ${sender} is at ${arp.senderHardwareAddress}`;
  return `ARP operation ${operation} from ${sender} to ${target}`;
}
