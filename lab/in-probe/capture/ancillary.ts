/**
 * What the kernel tells of a packet beside its bytes: messages of cmsg(3), each with its length (of 8 bytes), level and type.
 *
 * Sources: cmsg(3), socket(7), packet(7); `struct tpacket_auxdata` in linux/if_packet.h.
 */
const HEADER_BYTES = 16;
const ALIGNMENT = 8;
const SOL_SOCKET = 1;
const SCM_TIMESTAMPNS = 35;
const SOL_PACKET = 263;
const PACKET_AUXDATA = 8;
/** In `struct tpacket_auxdata`: flags, the packet's length, and the VLAN tag that was taken off. */
const STATUS = 0;
const LENGTH = 4;
const VLAN_TCI = 16;
const VLAN_TPID = 18;
const TP_STATUS_VLAN_VALID = 1 << 4;

export interface Ancillary {
  /** Since 1970. */
  readonly seconds: number;
  readonly nanoseconds: number;
  /** Bytes on the wire, without the VLAN tag: more than were read if it was too long. */
  readonly length: number;
  readonly vlan: VlanTag | undefined;
}

/** IEEE 802.1Q. */
export interface VlanTag {
  /** The EtherType of the tag. */
  readonly protocol: number;
  /** Priority and VLAN identifier. */
  readonly control: number;
}

/** Reads the messages that are from one place in a buffer to another. */
export function readAncillary(bytes: Buffer, from: number, to: number): Ancillary {
  let [seconds, nanoseconds, length] = [0, 0, 0];
  let vlan: VlanTag | undefined;
  for (let at = from; at + HEADER_BYTES <= to; ) {
    const data = at + HEADER_BYTES;
    const level = bytes.readInt32LE(at + 8);
    const type = bytes.readInt32LE(at + 12);
    if (level === SOL_SOCKET && type === SCM_TIMESTAMPNS) {
      seconds = bytes.readUInt32LE(data);
      nanoseconds = bytes.readUInt32LE(data + 8);
    } else if (level === SOL_PACKET && type === PACKET_AUXDATA) {
      length = bytes.readUInt32LE(data + LENGTH);
      vlan = vlanTag(bytes, data);
    }
    at += Math.ceil(bytes.readUInt32LE(at) / ALIGNMENT) * ALIGNMENT;
  }
  return { seconds, nanoseconds, length, vlan };
}

function vlanTag(bytes: Buffer, auxdata: number): VlanTag | undefined {
  if ((bytes.readUInt32LE(auxdata + STATUS) & TP_STATUS_VLAN_VALID) === 0) return undefined;
  return {
    control: bytes.readUInt16LE(auxdata + VLAN_TCI),
    protocol: bytes.readUInt16LE(auxdata + VLAN_TPID),
  };
}
