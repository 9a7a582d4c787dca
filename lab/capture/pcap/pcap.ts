/**
 * Reads a pcap stream, as `tcpdump -w -` writes it, too (draft-ietf-opsawg-pcap), as it comes: chunks may be cut anywhere. It buffers at
 * most one record.
 *
 *   chunk, chunk, … ──push──▶ whole records (views of the chunk, or of a copy where a chunk ended within)
 */
import type { LinkType } from '../../model/packet.ts';
import { CaptureError } from './capture-error.ts';
import { linkTypeOf } from './link-type.ts';

/** A packet in a capture, not decoded yet. */
export interface PcapRecord {
  /** Nanoseconds since 1970, in decimal. */
  readonly atNs: string;
  /** Bytes captured. */
  readonly capturedLength: number;
  /** Bytes on the wire. */
  readonly length: number;
  /** A view of the chunk that was pushed: use it, or copy it, before the chunk's memory is used again. */
  readonly data: Uint8Array;
}

const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const MAGIC_MICROSECONDS = 0xa1b2c3d4;
const MAGIC_NANOSECONDS = 0xa1b23c4d;
/** The longest record that libpcap accepts (MAXIMUM_SNAPLEN, pcap-int.h). */
const MAX_SNAP_LENGTH = 262_144;
const LINK_TYPE_MASK = 0x0000ffff;
const NS_PER_SECOND = 1_000_000_000;

interface FileHeader {
  readonly littleEndian: boolean;
  readonly nsPerUnit: 1 | 1000;
  readonly snapLength: number;
  readonly linkType: LinkType;
}

/**
 * @example
 * const reader = new PcapReader();
 * for await (const chunk of tcpdump.stdout) {
 *   for (const record of reader.push(chunk)) show(decodePacket(record.data, reader.linkType, record.length));
 * }
 * reader.end();
 */
export class PcapReader {
  #header: FileHeader | undefined;
  /** The start of a header or a record, in a buffer with room for the rest. */
  #partial = new Uint8Array(FILE_HEADER_BYTES);
  #partialLength = 0;
  #partialSize = FILE_HEADER_BYTES;
  #seconds = -1;
  #secondsText = '';

  /** The link type of the packets. @throws {CaptureError} before the header of the stream has come. */
  get linkType(): LinkType {
    if (this.#header) return this.#header.linkType;
    throw new CaptureError('Cannot tell the link type of a capture before its header has come');
  }

  /**
   * The records that this chunk completes.
   * @throws {CaptureError} if the stream is not a capture, or has a record longer than its snapshot length.
   */
  push(chunk: Uint8Array): PcapRecord[] {
    const records: PcapRecord[] = [];
    let rest = this.#completePartial(chunk, records);
    while (rest.length > 0) {
      const size = this.#sizeOfNext(rest);
      if (size === undefined || size > rest.length) {
        this.#keep(rest, size ?? RECORD_HEADER_BYTES);
        break;
      }
      this.#take(rest, size, records);
      rest = rest.subarray(size);
    }
    return records;
  }

  /** To be called at the end of the stream. @throws {CaptureError} if it ends within a record. */
  end(): void {
    if (this.#partialLength === 0) return;
    throw new CaptureError(
      `Cannot read the last record of the capture: it ends after ${this.#partialLength} of ${this.#partialSize} bytes`,
    );
  }

  /** The length of the next header or record; undefined if too little of it has come. */
  #sizeOfNext(bytes: Uint8Array): number | undefined {
    if (this.#header === undefined) return FILE_HEADER_BYTES;
    if (bytes.length < RECORD_HEADER_BYTES) return undefined;
    const { snapLength } = this.#header;
    const capturedLength = this.#uint32(bytes, 8);
    if (capturedLength > snapLength) {
      throw new CaptureError(
        `Cannot read a record of the capture: it says that ${capturedLength} bytes were captured, but the capture takes at most ${snapLength} of a packet`,
      );
    }
    return RECORD_HEADER_BYTES + capturedLength;
  }

  /** Completes what an earlier chunk began. @returns the rest of this chunk */
  #completePartial(chunk: Uint8Array, records: PcapRecord[]): Uint8Array {
    let rest = chunk;
    while (this.#partialLength > 0 && rest.length > 0) {
      const taken = Math.min(this.#partialSize - this.#partialLength, rest.length);
      this.#partial.set(rest.subarray(0, taken), this.#partialLength);
      this.#partialLength += taken;
      rest = rest.subarray(taken);
      if (this.#partialLength < this.#partialSize) break;
      const size = this.#sizeOfNext(this.#partial.subarray(0, this.#partialLength)) ?? 0;
      if (size > this.#partialLength) {
        this.#keep(this.#partial.subarray(0, this.#partialLength), size);
        continue;
      }
      const whole = this.#partial;
      this.#partialLength = 0;
      this.#take(whole, size, records);
    }
    return rest;
  }

  #keep(bytes: Uint8Array, size: number): void {
    const partial = new Uint8Array(size);
    partial.set(bytes);
    this.#partial = partial;
    this.#partialLength = bytes.length;
    this.#partialSize = size;
  }

  #take(bytes: Uint8Array, size: number, records: PcapRecord[]): void {
    if (this.#header === undefined) {
      this.#header = fileHeader(bytes);
      return;
    }
    records.push({
      atNs: this.#time(this.#uint32(bytes, 0), this.#uint32(bytes, 4) * this.#header.nsPerUnit),
      capturedLength: size - RECORD_HEADER_BYTES,
      length: this.#uint32(bytes, 12),
      data: bytes.subarray(RECORD_HEADER_BYTES, size),
    });
  }

  #time(seconds: number, ns: number): string {
    const whole = seconds + Math.floor(ns / NS_PER_SECOND);
    if (whole === 0) return String(ns);
    if (whole !== this.#seconds) {
      this.#seconds = whole;
      this.#secondsText = String(whole);
    }
    return this.#secondsText + String(NS_PER_SECOND + (ns % NS_PER_SECOND)).slice(1);
  }

  #uint32(bytes: Uint8Array, offset: number): number {
    return uint32(bytes, offset, this.#header?.littleEndian ?? true);
  }
}

function fileHeader(bytes: Uint8Array): FileHeader {
  const { littleEndian, nsPerUnit } = magic(bytes);
  const snapLength = uint32(bytes, 16, littleEndian);
  const linkNumber = uint32(bytes, 20, littleEndian) & LINK_TYPE_MASK;
  const linkType = linkTypeOf(linkNumber);
  if (linkType === undefined) {
    throw new CaptureError(
      `Cannot read the capture: its link type is ${linkNumber}, but Ethernet (1), raw IP (101) or Linux cooked v2 (276) is needed`,
    );
  }
  if (snapLength > MAX_SNAP_LENGTH) {
    throw new CaptureError(
      `Cannot read the capture: its snapshot length is ${snapLength}, but at most ${MAX_SNAP_LENGTH} is possible`,
    );
  }
  // Some writers mean "no limit" by 0.
  return { littleEndian, nsPerUnit, snapLength: snapLength || MAX_SNAP_LENGTH, linkType };
}

function magic(bytes: Uint8Array) {
  for (const littleEndian of [true, false]) {
    const number = uint32(bytes, 0, littleEndian);
    if (number === MAGIC_MICROSECONDS) return { littleEndian, nsPerUnit: 1000 as const };
    if (number === MAGIC_NANOSECONDS) return { littleEndian, nsPerUnit: 1 as const };
  }
  const found = Buffer.from(bytes.subarray(0, 4)).toString('hex');
  throw new CaptureError(
    `Cannot read the capture: it begins with ${found}, which is not how a pcap stream begins`,
  );
}

function uint32(bytes: Uint8Array, offset: number, littleEndian: boolean): number {
  const a = bytes[offset] ?? 0;
  const b = bytes[offset + 1] ?? 0;
  const c = bytes[offset + 2] ?? 0;
  const d = bytes[offset + 3] ?? 0;
  if (littleEndian) return ((d << 8) | c) * 0x10000 + ((b << 8) | a);
  return ((a << 8) | b) * 0x10000 + ((c << 8) | d);
}
