/** What makes a packet the same at both ends, and for the wire between them. */

import { DIGEST_BYTES, digestOf } from '../../model/digest.ts';
import type { PacketIdentity } from '../../model/event.ts';
import type { Packet, Tcp } from '../../model/packet.ts';
import { addressesOf } from './addresses.ts';

const protocols: Readonly<Record<number, PacketIdentity['protocol']>> = {
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'icmpv6',
};

/** Base64 characters at the beginning of a payload that distinguish it from others. */
const PREFIX_LENGTH = 48;

/**
 * The same for all observations of a packet. IPv4 numbers its datagrams, and fragments share the number; IPv6 has only the label of
 * the flow, so that there many packets may have one key.
 */
export function keyOfPacket(packet: Packet): string {
  const { ipv4, ipv6, tcp, arp } = packet;
  const { from, to } = addressesOf(packet);
  if (arp) return `arp ${arp.operation} ${from} ${to}`;
  const ip = ipv4 ?? ipv6;
  if (ip === undefined) return `other ${from} ${to}`;
  const id = ipv4 ? ipv4.identification : (ipv6?.flowLabel ?? 0);
  const base = `${protocols[ip.protocol] ?? 'other'} ${from} ${to} ${id}`;
  return tcp ? `${base} ${tcp.sourcePort} ${tcp.destinationPort} ${tcp.sequenceNumber}` : base;
}

/** The key of the packet that a wire decided upon. */
export function keyOfIdentity(packet: PacketIdentity): string {
  const { protocol, from, to, ipId, fromPort, toPort, tcpSequence } = packet;
  const base = `${protocol} ${from} ${to} ${ipId}`;
  return tcpSequence === undefined ? base : `${base} ${fromPort} ${toPort} ${tcpSequence}`;
}

/**
 * Tells apart what has the same key. Not the length of a segment: a sender's kernel may hand it over in one piece that is cut
 * later, and a receiver's may put several together. Not the checksum: it may be filled in on the way.
 */
export function fingerprintOf(packet: Packet): string {
  const { tcp, udp, icmp, icmpv6, payloadLength } = packet;
  if (tcp) {
    const { syn, fin, rst } = tcp.flags;
    // An ACK has the number of the next byte, as the segment that then carries it.
    return `${syn}${fin}${rst}${tcp.acknowledgmentNumber} ${payloadLength > 0} ${timestampOf(tcp)}`;
  }
  const message = icmp ?? icmpv6;
  const kind = message
    ? `${message.type} ${message.identifier} ${message.sequenceNumber}`
    : `${udp?.sourcePort} ${udp?.destinationPort}`;
  return `${kind} ${fragmentOf(packet)?.offset} ${payloadLength} ${datagramDigest(packet)}`;
}

/** What a wire says of a packet beside its key. Numbers are soon reused: datagrams of one piece count on from its number. */
export function wireFingerprintOf({ protocol, from, ...identity }: PacketIdentity): string {
  const { fromPort, toPort, length, digest } = identity;
  const isWhole = digest !== undefined || !from?.includes(':');
  return protocol === 'udp' && isWhole ? `${fromPort} ${toPort} ${length} ${digest}` : '';
}

/** The same, of a packet that was captured. */
export function fingerprintAtWire(packet: Packet): string {
  const { udp, ipv4 } = packet;
  if (udp === undefined || fragmentOf(packet)) return '';
  const digest = ipv4 ? undefined : datagramDigest(packet);
  return `${udp.sourcePort} ${udp.destinationPort} ${ipBytes(packet)} ${digest}`;
}

/** RFC 7323, section 3: a segment that is sent again has another, and all that are handed over in one piece have the same. */
function timestampOf({ options }: Tcp): number | undefined {
  const found = options.find(({ kind }) => kind === 'timestamps');
  return found?.kind === 'timestamps' ? found.value : undefined;
}

function payloadPrefixOf({ bytes, payloadOffset, payloadLength }: Packet): string {
  const from = Math.ceil(payloadOffset / 3) * 4;
  const to = Math.floor((payloadOffset + payloadLength) / 3) * 4;
  return bytes.slice(from, Math.min(to, from + PREFIX_LENGTH));
}

const digests = new WeakMap<Packet, number>();

/** As a wire makes it: it is compared with many fates. */
export function datagramDigest(packet: Packet): number {
  const known = digests.get(packet);
  if (known !== undefined) return known;
  const { bytes, payloadOffset, payloadLength } = packet;
  const from = Math.floor(payloadOffset / 3);
  const decoded = atob(bytes.slice(from * 4, Math.ceil((payloadOffset + DIGEST_BYTES) / 3) * 4));
  const payload = decoded.slice(payloadOffset - from * 3).slice(0, payloadLength);
  const digest = digestOf(Uint8Array.from(payload, (letter) => letter.charCodeAt(0)));
  digests.set(packet, digest);
  return digest;
}

/** Whether a longer datagram may consist of this one and those that follow it. */
export function isBeginningOf(one: Packet, whole: Packet): boolean {
  if (one.udp?.sourcePort !== whole.udp?.sourcePort) return false;
  if (one.udp?.destinationPort !== whole.udp?.destinationPort) return false;
  const isShorter = one.payloadLength > 0 && one.payloadLength < whole.payloadLength;
  return isShorter && payloadPrefixOf(whole).startsWith(payloadPrefixOf(one));
}

const IPV6_HEADER_BYTES = 40;

/** Its length without the link's header, as a wire reports it. */
export function ipBytes({ ipv4, ipv6 }: Packet): number {
  return ipv4?.totalLength ?? (ipv6?.payloadLength ?? 0) + IPV6_HEADER_BYTES;
}

/** Which fragment of a datagram a packet is; `undefined` for a whole one. */
export function fragmentOf({ ipv4, ipv6 }: Packet) {
  const header = ipv6?.extensionHeaders.find((extension) => extension.kind === 'fragment');
  const fragment = ipv4 ?? (header?.kind === 'fragment' ? header : undefined);
  if (!fragment?.moreFragments && !fragment?.fragmentOffset) return undefined;
  return {
    id: fragment.identification,
    offset: fragment.fragmentOffset,
    isLast: !fragment.moreFragments,
  };
}

/** The same for all fragments of a datagram. */
export function datagramKey(packet: Packet): string | undefined {
  const fragment = fragmentOf(packet);
  if (fragment === undefined) return undefined;
  const { from, to } = addressesOf(packet);
  return `${from} ${to} ${fragment.id}`;
}
