/**
 * Holds a packet of ours against tshark's. The rules, where the two may differ for good reasons:
 *
 * 1. A packet without a note is decoded alike: every field, as often, with the same values.
 * 2. One with a note is malformed or cut short. Each decoder stops where it sees that: what both have is the same.
 * 3. Padding between options is not kept here (TCP and IPv4 kinds 0 and 1, IPv6 types 0 and 1).
 * 4. Of a quoted packet, tshark decodes the whole transport header, and we its 8 certain bytes: what both have is the same.
 * 5. A checksum that holds the sum of the pseudo-header alone is `unverified` here (see `ChecksumStatus`), and bad there. So
 *    is one over more bytes than there are: tshark sums up those that are there.
 * 6. An IPv4 total length of 0 is shown here as it is, and there as the length of the frame.
 * 7. Some protocols belong to one IP version here, and to both there: ICMP, ICMPv6 and the IPv6 extension headers.
 *    tshark lists but the first of the Multipath TCP options (kind 30), and has no length of a TCP payload in doubt.
 * 8. ARP for ATM (RFC 2225) has a format of its own, which is not decoded here.
 * 9. tshark also decodes what some options hold, and stops with an exception where that is malformed.
 */
import type { ChecksumStatus, Packet } from '../../../model/packet.ts';
import { fieldsOf } from './fields.ts';
import type { FieldValues } from './tshark.ts';

/** tshark's numbers (PROTO_CHECKSUM_E_…, epan/proto.h). */
const statuses: Record<ChecksumStatus, string> = {
  bad: '0',
  good: '1',
  unverified: '2',
  absent: '3',
};
const MAC_LENGTH = '00:00:00:00:00:00'.length;
/** Padding, and Multipath TCP. */
const skipped: Record<string, readonly string[]> = {
  'ip.opt.type': ['0', '1'],
  'ipv6.opt.type': ['0', '1'],
  'tcp.option_kind': ['0', '1', '30'],
};
/** Present where tshark met an exception. */
export const MALFORMED = '_ws.malformed';
const quotedInFull = /^(tcp|udp|icmp|icmpv6|ip\.checksum\.status)/;

/** Each difference in a line; none where they agree. */
export function differences(packet: Packet, theirs: FieldValues): string[] {
  const isQuoting = (packet.icmp?.quoted ?? packet.icmpv6?.quoted) !== undefined;
  const found: string[] = [];
  if (isForeign(packet)) return [];
  const stopped = theirs.get(MALFORMED)?.length !== 0 && hasOpaqueOptions(packet);
  for (const [field, values] of fieldsOf(packet)) {
    const ours = values
      .map((value) => normal(field, String(value)))
      .filter((value) => !skipped[field]?.includes(value));
    const other = (theirs.get(field) ?? [])
      .map((value) => normal(field, value))
      .filter((value) => !skipped[field]?.includes(value))
      .filter((value) => !field.endsWith('linkaddr') || value.length === MAC_LENGTH);
    const onlyCommon =
      stopped || packet.notes.length > 0 || (isQuoting && quotedInFull.test(field));
    const count = onlyCommon
      ? Math.min(ours.length, other.length)
      : Math.max(ours.length, other.length);
    for (let i = 0; i < count; i += 1) {
      if (ours[i] === other[i] || isExcused(packet, { field, ours: ours[i], other: other[i] }))
        continue;
      found.push(
        `${field}: ours is ${ours.join(' ') || 'none'}, tshark's ${other.join(' ') || 'none'}`,
      );
      break;
    }
  }
  return found;
}

/** Rule 9. */
function hasOpaqueOptions({ ipv4, ipv6, tcp }: Packet): boolean {
  return (
    (ipv4?.options.length ?? 0) > 0 ||
    (ipv6?.extensionHeaders.length ?? 0) > 0 ||
    (tcp?.options.some((option) => option.kind === 'unknown') ?? false)
  );
}

/** Rules 7 and 8. */
function isForeign({ ipv4, ipv6, icmp, icmpv6, arp }: Packet): boolean {
  const quoted = icmp?.quoted ?? icmpv6?.quoted;
  const inIpv4 = [ipv4?.protocol, quoted?.ipv4?.protocol];
  const inIpv6 = [ipv6?.protocol, quoted?.ipv6?.protocol];
  return (
    arp?.hardwareType === 19 ||
    inIpv6.includes(1) ||
    inIpv4.some((protocol) => protocol !== undefined && [0, 43, 44, 58, 60].includes(protocol))
  );
}

interface Difference {
  readonly field: string;
  readonly ours: string | undefined;
  readonly other: string | undefined;
}

/** Rules 2, 5 and 6. */
function isExcused(packet: Packet, { field, ours, other }: Difference): boolean {
  if (field === 'ip.len') return ours === '0';
  // Lists that several headers or options make up, of which each decoder leaves out what is malformed.
  if (packet.notes.length > 0 && /^(tcp\.len|ipv6\.opt\.type|icmpv6\.opt\.)/.test(field))
    return true;
  if (!field.endsWith('.checksum.status')) return false;
  if (other === statuses.unverified && packet.notes.length > 0) return true;
  if (ours !== statuses.unverified) return false;
  return packet.notes.length > 0 || /^(tcp|udp)/.test(field);
}

/** Numbers in decimal, booleans as 1 and 0, addresses as they are. */
function normal(field: string, value: string): string {
  // 4 is "illegal", of a UDP checksum of 0 over IPv6.
  if (field.endsWith('.status'))
    return value === '4' ? statuses.bad : (statuses[value as ChecksumStatus] ?? value);
  if (/^true$/i.test(value)) return '1';
  if (/^false$/i.test(value)) return '0';
  // IPv6 addresses have forms that RFC 5952 leaves to taste: `::21.0.0.0`.
  if (/^ipv6\.(src|dst)$/.test(field)) return new URL(`http://[${value}]`).hostname;
  return /^0x[0-9a-f]+$/i.test(value) ? String(Number(value)) : value;
}
