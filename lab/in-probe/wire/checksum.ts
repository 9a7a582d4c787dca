import { type Headers, UDP } from './headers.ts';

/** The offset of the checksum in a TCP segment or a UDP datagram. */
export function checksumAt(protocol: number): number {
  return protocol === UDP ? 6 : 16;
}

/**
 * Writes the correct checksum into a TCP segment or a UDP datagram.
 *
 * Source: RFC 9293, section 3.1; RFC 768; RFC 8200, section 8.1. Over IPv4, a UDP datagram without a checksum (all zeros) stays
 * without one.
 */
export function fixChecksum(bytes: Buffer, headers: Headers): void {
  const { version, protocol, transportAt } = headers;
  const at = transportAt + checksumAt(protocol);
  if (protocol === UDP && version === 4 && bytes.readUInt16BE(at) === 0) return;
  bytes.writeUInt16BE(0, at);
  const sum = ~transportSum(bytes, headers) & 0xffff;
  // In UDP, zero means "no checksum", so that a sum of zero is sent in its other form, all ones.
  bytes.writeUInt16BE(protocol === UDP && sum === 0 ? 0xffff : sum, at);
}

/**
 * Adjusts the checksum of a TCP segment or a UDP datagram in which a word has changed, even if that is in a later fragment.
 *
 * Source: RFC 1624, equation 3; for zero see {@link fixChecksum}.
 */
export function adjustChecksum({ bytes, headers }: Checked, before: number, after: number): void {
  const { version, protocol, transportAt } = headers;
  const at = transportAt + checksumAt(protocol);
  const old = bytes.readUInt16BE(at);
  if (protocol === UDP && version === 4 && old === 0) return;
  let sum = (~old & 0xffff) + (~before & 0xffff) + after;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  sum = ~sum & 0xffff;
  bytes.writeUInt16BE(protocol === UDP && sum === 0 ? 0xffff : sum, at);
}

interface Checked {
  readonly bytes: Buffer;
  readonly headers: Headers;
}

/** The one's complement sum of pseudo-header and segment: 0xffff if its checksum is correct (RFC 1071). */
export function transportSum(bytes: Buffer, headers: Headers): number {
  const { version, sourceAt, protocol, transportAt, end } = headers;
  const addresses = version === 4 ? 8 : 32;
  let sum = protocol + (end - transportAt);
  sum += words(bytes, sourceAt, sourceAt + addresses) + words(bytes, transportAt, end);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

function words(bytes: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let at = from; at + 1 < to; at += 2) sum += bytes.readUInt16BE(at);
  return (to - from) % 2 === 0 ? sum : sum + (bytes.readUInt8(to - 1) << 8);
}
