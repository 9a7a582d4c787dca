/** Writes packets of Ethernet as a pcap stream, with nanoseconds (draft-ietf-opsawg-pcap). */
import type { Message } from './message-room.ts';

const MAGIC_NANOSECONDS = 0xa1b23c4d;
const VERSION = [2, 4] as const;
const LINKTYPE_ETHERNET = 1;
const RECORD_HEADER_BYTES = 16;
/** Of an Ethernet header: in front of the VLAN tag. */
const ADDRESSES_BYTES = 12;
const TAG_BYTES = 4;

/** @param snapBytes how much of a packet is kept */
export function pcapHeader(snapBytes: number): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.writeUInt32LE(MAGIC_NANOSECONDS, 0);
  bytes.writeUInt16LE(VERSION[0], 4);
  bytes.writeUInt16LE(VERSION[1], 6);
  bytes.writeUInt32LE(snapBytes, 16);
  bytes.writeUInt32LE(LINKTYPE_ETHERNET, 20);
  return bytes;
}

/** With the VLAN tag where it was on the wire. */
export function pcapRecord({ data, length, seconds, nanoseconds, vlan }: Message): Buffer {
  const tagBytes = vlan ? TAG_BYTES : 0;
  const bytes = Buffer.allocUnsafe(RECORD_HEADER_BYTES + tagBytes + data.length);
  bytes.writeUInt32LE(seconds, 0);
  bytes.writeUInt32LE(nanoseconds, 4);
  bytes.writeUInt32LE(tagBytes + data.length, 8);
  bytes.writeUInt32LE(tagBytes + length, 12);
  data.copy(bytes, RECORD_HEADER_BYTES + tagBytes);
  if (vlan === undefined) return bytes;
  data.copy(bytes, RECORD_HEADER_BYTES, 0, ADDRESSES_BYTES);
  bytes.writeUInt16BE(vlan.protocol, RECORD_HEADER_BYTES + ADDRESSES_BYTES);
  bytes.writeUInt16BE(vlan.control, RECORD_HEADER_BYTES + ADDRESSES_BYTES + 2);
  return bytes;
}
