/** A packet in one line for a terminal, in the order in which a learner asks: endpoints, protocol and flags, sequence numbers, length. */

import { endpointText } from '../../model/endpoint-text.ts';
import type { ChecksumStatus, Ipv4, Ipv6, Packet } from '../../model/packet.ts';
import { fragmentOf } from '../../timeline/packets/packet-key.ts';
import { describeArp } from './describe-arp.ts';
import { describeIcmp, describeIcmpv6 } from './describe-icmp.ts';
import { describeTcp } from './describe-tcp.ts';
import { noteText } from './note-text.ts';
import type { SequenceNumbers } from './sequence-numbers.ts';

/**
 * One line, without a newline, of printable ASCII whatever the packet holds.
 *
 * @param packet from a capture
 * @param numbers Remembers the conversations, so that TCP sequence numbers count from 0; without it they are as sent.
 * @example
 * describePacket(packet, numbers);
 * // 172.18.0.3:41234 > 172.18.0.2:50000 TCP SYN seq=0 win=64240 mss=1460 sackOK ts=1,0 wscale=7, 0 bytes
 */
export function describePacket(packet: Packet, numbers?: SequenceNumbers): string {
  const notes = packet.notes.map((note) => `[${noteText(note)}]`);
  return [describeHeaders(packet, numbers), ...notes].join(' ');
}

function describeHeaders(packet: Packet, numbers: SequenceNumbers | undefined): string {
  const { arp, ipv4, ipv6, ethernet, linuxCooked } = packet;
  if (arp) return describeArp(arp);
  const ip = ipv4 ?? ipv6;
  if (ip) return describeIp(packet, ip, numbers);
  if (ethernet) {
    const { source, destination, etherType } = ethernet;
    return `${source} > ${destination} EtherType 0x${etherType.toString(16).padStart(4, '0')}, ${packet.length} bytes`;
  }
  const protocol = linuxCooked ? ` EtherType 0x${linuxCooked.protocol.toString(16)}` : '';
  return `a packet of ${packet.length} bytes${protocol}`;
}

function describeIp(packet: Packet, ip: Ipv4 | Ipv6, numbers: SequenceNumbers | undefined): string {
  const { tcp, udp, icmp, icmpv6, payloadLength } = packet;
  const ends = `${ip.source} > ${ip.destination}`;
  const size = `${payloadLength} bytes${describeFragment(packet)}`;
  const ports = tcp ?? udp;
  if (ports) {
    const from = endpointText({ address: ip.source, port: ports.sourcePort });
    const to = endpointText({ address: ip.destination, port: ports.destinationPort });
    const what = tcp
      ? describeTcp(tcp, numbers?.relative(tcp, { from: ip.source, to: ip.destination }))
      : 'UDP';
    return `${from} > ${to} ${what}, ${size}${describeChecksum(ports.checksumStatus)}`;
  }
  if (icmp)
    return `${ends} ICMP ${describeIcmp(icmp)}, ${size}${describeChecksum(icmp.checksumStatus)}`;
  if (icmpv6) {
    return `${ends} ICMPv6 ${describeIcmpv6(icmpv6)}, ${size}${describeChecksum(icmpv6.checksumStatus)}`;
  }
  return `${ends} IP protocol ${ip.protocol}, ${size}`;
}

function describeFragment(packet: Packet): string {
  const fragment = fragmentOf(packet);
  if (fragment === undefined) return '';
  const { id, offset, isLast } = fragment;
  return ` (fragment ${id} at ${offset}, ${isLast ? 'the last' : 'more follow'})`;
}

function describeChecksum(status: ChecksumStatus): string {
  return status === 'bad' ? ' (bad checksum)' : '';
}
