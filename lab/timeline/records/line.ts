/** What one packet of a real line carries of a segment (RFC 9293, section 3.7.1; RFC 6691, section 2). */

import type { Packet, Tcp } from '../../model/packet.ts';
import type { ConversationRecord } from './conversation-record.ts';
import type { PacketRecord } from './packet-record.ts';

/** Ethernet's, in bytes: assumed where the beginning of a connection was not seen. */
export const ETHERNET_MTU = 1500;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
const TCP_HEADER_BYTES = 20;

/** How many of the application's bytes fit into a packet of a connection, next to the header's options. */
export function linePayload(packet: Packet, conversation: ConversationRecord | undefined): number {
  return maximumSegment(packet, conversation) - optionBytes(packet);
}

/** The longest packet that a segment's line carries, in bytes with its IP header. */
export function lineBytes({ packet, conversation }: PacketRecord): number {
  return maximumSegment(packet, conversation) + headerBytes(packet);
}

/** How many packets of a real line carry a segment; 1 for anything else. */
export function packetsOnLine({ packet, conversation }: PacketRecord): number {
  const room = packet.tcp && conversation ? linePayload(packet, conversation) : 0;
  return room > 0 ? Math.max(1, Math.ceil(packet.payloadLength / room)) : 1;
}

/** Each side announces in its SYN what it can receive, which is also what it can send where both are on one link. */
function maximumSegment(packet: Packet, conversation: ConversationRecord | undefined): number {
  const sides = conversation ? [conversation.toServer, conversation.toClient] : [];
  const announced = sides.flatMap(({ tcp }) => tcp.maximumSegment ?? []);
  return announced.length > 0 ? Math.min(...announced) : ETHERNET_MTU - headerBytes(packet);
}

/** The maximum segment size that a SYN announces, in bytes. */
export function maximumSegmentIn({ options }: Tcp): number | undefined {
  const option = options.find(({ kind }) => kind === 'maximum-segment-size');
  return option?.kind === 'maximum-segment-size' ? option.bytes : undefined;
}

function headerBytes({ ipv6 }: Packet): number {
  return (ipv6 ? IPV6_HEADER_BYTES : IPV4_HEADER_BYTES) + TCP_HEADER_BYTES;
}

function optionBytes({ tcp }: Packet): number {
  return Math.max((tcp?.headerLength ?? TCP_HEADER_BYTES) - TCP_HEADER_BYTES, 0);
}
