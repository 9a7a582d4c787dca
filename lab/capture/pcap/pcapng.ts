/**
 * Writes packets as pcapng (draft-ietf-opsawg-pcapng), which Wireshark opens: one interface for each interface of a host, in the
 * order in which they are added, each before its first packet. It is named for its host; where that has several, `a:eth0`.
 *
 *   section header │ interface "tcp-server" │ interface "tcp-client" │ packet │ packet │ interface "late" │ packet …
 */

import { interfaceName } from '../../model/interface-name.ts';
import type { LinkType, Packet } from '../../model/packet.ts';
import { packetBytes } from '../../model/packet.ts';
import { CaptureError } from './capture-error.ts';
import { linkTypeNumber } from './link-type.ts';
import {
  BYTE_ORDER_MAGIC,
  block,
  ENHANCED_PACKET_BLOCK,
  INTERFACE_BLOCK,
  OPTION_COMMENT,
  OPTION_EPB_FLAGS,
  OPTION_IF_NAME,
  OPTION_IF_TSRESOL,
  option,
  padded,
  SECTION_BLOCK,
  text,
} from './pcapng-block.ts';

/** A packet to be written, and where and when it was seen. */
export interface PcapngPacket {
  /** Nanoseconds since 1970, in decimal. */
  readonly atNs: string;
  /** The host at which it was captured. */
  readonly host: string;
  /** Where the host has several. */
  readonly interface?: string;
  /** Whether the host received or sent it. */
  readonly direction: 'in' | 'out';
  /** The packet, with its bytes. */
  readonly packet: Packet;
  /** Shown beside the packet in Wireshark. */
  readonly comment?: string;
}

/** Times are in units of 10 to the minus 9 seconds (section 4.2 of the draft). */
const NANOSECONDS = 9;
const INBOUND = 1;
const OUTBOUND = 2;
const MAX_TIME_NS = 2n ** 64n - 1n;

/**
 * Returns blocks as they come, for the caller to write.
 *
 * @example
 * const writer = new PcapngWriter();
 * file.write(writer.start(['tcp-server', 'tcp-client'], 'ethernet'));
 * file.write(writer.packet({ atNs, host: 'tcp-server', direction: 'in', packet }));
 */
export class PcapngWriter {
  readonly #interfaces = new Map<string, number>();

  /** The beginning of the file. */
  start(names: readonly string[] = [], linkType: LinkType = 'ethernet'): Uint8Array {
    const section = Buffer.alloc(16);
    section.writeUInt32LE(BYTE_ORDER_MAGIC, 0);
    section.writeUInt16LE(1, 4);
    // The length of the section is not known yet.
    section.writeBigInt64LE(-1n, 8);
    const interfaces = names.map((name) => this.#addInterface(name, linkType));
    return Buffer.concat([block(SECTION_BLOCK, [section]), ...interfaces]);
  }

  /** The block that describes an interface; empty if it has been written. */
  #addInterface(name: string, linkType: LinkType): Uint8Array {
    const key = `${linkType} ${name}`;
    if (this.#interfaces.has(key)) return new Uint8Array();
    this.#interfaces.set(key, this.#interfaces.size);
    const fixed = Buffer.alloc(8);
    fixed.writeUInt16LE(linkTypeNumber(linkType), 0);
    return block(INTERFACE_BLOCK, [
      fixed,
      option(OPTION_IF_NAME, text(name)),
      option(OPTION_IF_TSRESOL, Buffer.of(NANOSECONDS)),
      option(0, Buffer.alloc(0)),
    ]);
  }

  /**
   * A packet, preceded by the block of its interface if that is new.
   * @throws {CaptureError} for a time that the format cannot represent.
   */
  packet(seen: PcapngPacket): Uint8Array {
    const { atNs, direction, packet, comment } = seen;
    const name = interfaceName(seen);
    const added = this.#addInterface(name, packet.linkType);
    const data = packetBytes(packet);
    const fixed = Buffer.alloc(20);
    fixed.writeUInt32LE(this.#interfaces.get(`${packet.linkType} ${name}`) ?? 0, 0);
    const time = timeOf(atNs);
    fixed.writeUInt32LE(Number(time >> 32n), 4);
    fixed.writeUInt32LE(Number(time & 0xffffffffn), 8);
    fixed.writeUInt32LE(data.length, 12);
    fixed.writeUInt32LE(packet.length, 16);
    const flags = Buffer.alloc(4);
    flags.writeUInt32LE(direction === 'in' ? INBOUND : OUTBOUND, 0);
    const options = [option(OPTION_EPB_FLAGS, flags)];
    if (comment !== undefined) options.push(option(OPTION_COMMENT, text(comment)));
    options.push(option(0, Buffer.alloc(0)));
    return Buffer.concat([added, block(ENHANCED_PACKET_BLOCK, [fixed, padded(data), ...options])]);
  }
}

function timeOf(atNs: string): bigint {
  const time = /^\d{1,20}$/.test(atNs) ? BigInt(atNs) : -1n;
  if (time >= 0n && time <= MAX_TIME_NS) return time;
  throw new CaptureError(
    `Cannot write a packet: its time must be nanoseconds since 1970 in decimal, below 2 to the 64th, but is "${atNs}"`,
  );
}
