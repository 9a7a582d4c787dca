import { colonHex, ipv4Address } from './address.ts';
import { hex, uint8, uint16 } from './bytes.ts';
import type { Dissection } from './dissection.ts';
import { ETHERTYPE_IPV4 } from './ethernet.ts';

/** A question for, or an answer with, the link-layer address of an IPv4 address (RFC 826). */
export interface Arp {
  /** 1 is Ethernet. */
  readonly hardwareType: number;
  /** An EtherType: 0x0800 for IPv4. */
  readonly protocolType: number;
  readonly hardwareAddressLength: number;
  readonly protocolAddressLength: number;
  /** 1 is a request, 2 a reply. */
  readonly operation: number;
  readonly senderHardwareAddress: string;
  readonly senderProtocolAddress: string;
  readonly targetHardwareAddress: string;
  readonly targetProtocolAddress: string;
}

const ARP_FIXED_BYTES = 8;
const IPV4_ADDRESS_BYTES = 4;

/** Takes an ARP packet off. */
export function decodeArp(dissection: Dissection): void {
  if (!dissection.has(ARP_FIXED_BYTES, 'The ARP packet')) return;
  const { bytes, start } = dissection;
  const protocolType = uint16(bytes, start + 2);
  const hardware = uint8(bytes, start + 4);
  const protocol = uint8(bytes, start + 5);
  const length = ARP_FIXED_BYTES + 2 * (hardware + protocol);
  if (!dissection.has(length, 'The ARP packet')) return;
  const sender = start + ARP_FIXED_BYTES;
  const target = sender + hardware + protocol;
  const isIpv4 = protocolType === ETHERTYPE_IPV4 && protocol === IPV4_ADDRESS_BYTES;
  const protocolAddress = (offset: number) =>
    isIpv4 ? ipv4Address(bytes, offset) : hex(bytes, offset, offset + protocol);
  dissection.packet.arp = {
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
  dissection.start += length;
  // What follows is the link's padding.
  dissection.end = dissection.start;
}
