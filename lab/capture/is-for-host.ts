import type { Packet } from '../model/packet.ts';

/**
 * Whether a frame at an interface is from or for its host: a bridge that does not know the port of a hardware address floods
 * the frame to all, as it does for a while after a host has stopped (IEEE 802.1Q, section 8.8). The host's kernel drops it
 * silently.
 *
 * @param mac the interface's own hardware address
 */
export function isForHost({ ethernet }: Packet, mac: string): boolean {
  if (ethernet === undefined || mac === '') return true;
  const { source, destination } = ethernet;
  // The lowest bit of the first byte: broadcast, or another group (IEEE 802, section 8.2.2).
  const isToGroup = (Number.parseInt(destination.slice(0, 2), 16) & 1) === 1;
  return isToGroup || source === mac || destination === mac;
}
