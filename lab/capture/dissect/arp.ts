import type { Arp } from '../../model/packet.ts';
import { colonHex, ipv4Address } from './address.ts';
import { hex, uint8, uint16 } from './bytes.ts';
import type { Cursor } from './cursor.ts';
import { ETHERTYPE_IPV4 } from './ethernet.ts';

const ARP_FIXED_BYTES = 8;
const IPV4_ADDRESS_BYTES = 4;

/** Decodes an ARP packet. */
export function decodeArp(cursor: Cursor): Arp | undefined {
  if (!cursor.has(ARP_FIXED_BYTES, 'arp')) return undefined;
  const { bytes, start } = cursor;
  const protocolType = uint16(bytes, start + 2);
  const hardware = uint8(bytes, start + 4);
  const protocol = uint8(bytes, start + 5);
  const length = ARP_FIXED_BYTES + 2 * (hardware + protocol);
  if (!cursor.has(length, 'arp')) return undefined;
  const sender = start + ARP_FIXED_BYTES;
  const target = sender + hardware + protocol;
  const isIpv4 = protocolType === ETHERTYPE_IPV4 && protocol === IPV4_ADDRESS_BYTES;
  const protocolAddress = (offset: number) =>
    isIpv4 ? ipv4Address(bytes, offset) : hex(bytes, offset, offset + protocol);
  const arp = {
    hardwareType: uint16(bytes, start),
    protocolType,
    hardwareAddressLength: hardware,
    protocolAddressLength: protocol,
    operation: uint16(bytes, start + 6),
    senderHardwareAddress: colonHex(bytes, sender, hardware),
    senderProtocolAddress: protocolAddress(sender + hardware),
    targetHardwareAddress: colonHex(bytes, target, hardware),
    targetProtocolAddress: protocolAddress(target + hardware),
  };
  cursor.start += length;
  // What follows is the link's padding.
  cursor.end = cursor.start;
  return arp;
}
