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

/** Packets, each with its VLAN tag where it was on the wire. */
export function pcapRecords(messages: readonly Message[]): Buffer {
  const bytes = Buffer.allocUnsafe(messages.reduce((sum, one) => sum + recordBytes(one), 0));
  let at = 0;
  for (const message of messages) {
    write(message, bytes, at);
    at += recordBytes(message);
  }
  return bytes;
}

const tagBytes = ({ ancillary }: Message) => (ancillary.vlan ? TAG_BYTES : 0);

const recordBytes = (message: Message) =>
  RECORD_HEADER_BYTES + tagBytes(message) + message.to - message.from;

function write(message: Message, bytes: Buffer, at: number): void {
  const { memory, from, to, ancillary } = message;
  const { seconds, nanoseconds, length, vlan } = ancillary;
  bytes.writeUInt32LE(seconds, at);
  bytes.writeUInt32LE(nanoseconds, at + 4);
  bytes.writeUInt32LE(tagBytes(message) + to - from, at + 8);
  bytes.writeUInt32LE(tagBytes(message) + length, at + 12);
  const packet = at + RECORD_HEADER_BYTES;
  memory.copy(bytes, packet + tagBytes(message), from, to);
  if (vlan === undefined) return;
  memory.copy(bytes, packet, from, from + ADDRESSES_BYTES);
  bytes.writeUInt16BE(vlan.protocol, packet + ADDRESSES_BYTES);
  bytes.writeUInt16BE(vlan.control, packet + ADDRESSES_BYTES + 2);
}
