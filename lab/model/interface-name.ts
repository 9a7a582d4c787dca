import type { PacketEvent } from './event.ts';

/** What the interface of a packet is called in files and lists: `tcp-server`, or `tcp-server:eth0` where the host has several. */
export function interfaceName({
  host,
  interface: own,
}: Pick<PacketEvent, 'host' | 'interface'>): string {
  // No name of a host has a colon.
  return own === undefined ? host : `${host}:${own}`;
}
