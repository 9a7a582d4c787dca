/** How far a packet is decoded: each protocol's decoder takes its own header off the front, and returns it. */
import type { ChecksumStatus } from '../../model/packet.ts';
import type { NotedPart, PacketNote } from '../../model/packet-note.ts';
import { checksumStatus, fold } from './checksum.ts';

/** Shared by all well-formed packets. */
const NO_NOTES: readonly PacketNote[] = Object.freeze([]);

export class Cursor {
  readonly bytes: Uint8Array;
  /** What is malformed or cut short. */
  notes = NO_NOTES;
  /** Where the next header begins. */
  start = 0;
  /** Where the packet ends according to the headers so far; that may be beyond what was captured. */
  end: number;
  /** Whether what follows cannot be decoded: the last header is malformed or cut short, or belongs to a later fragment. */
  isOpaque = false;
  /** Whether this is one fragment of a datagram, so that no checksum over the datagram can be verified. */
  isFragment = false;
  /** Of the last IP header. */
  ipVersion: 4 | 6 | undefined;
  /** The sum of the pseudo-header without the length; undefined where it cannot be known. */
  pseudoHeader: number | undefined = 0;
  /** The offset of an IPv6 packet's final destination address; undefined where that cannot be known. */
  finalDestination: number | undefined = undefined;
  /** Whether an ICMP error quotes the packet: it was cut short on purpose. */
  readonly isQuoted: boolean;

  constructor(bytes: Uint8Array, end: number, { start = 0, isQuoted = false } = {}) {
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.isQuoted = isQuoted;
  }

  note(note: PacketNote): void {
    this.notes = [...this.notes, note];
  }

  /** Whether `length` bytes follow `start`; if not, a note says how many do, and what cut them short. */
  has(length: number, part: NotedPart): boolean {
    const there = Math.min(this.end, this.bytes.length) - this.start;
    if (there >= length) return true;
    const found = Math.max(0, there);
    const by = this.start + length > this.end ? 'packet' : 'capture';
    this.note({ part, problem: 'cut-short', needed: length, found, by });
    return false;
  }

  /** The status of a checksum over the next `length` bytes alone. */
  plainChecksumStatus(length: number): ChecksumStatus {
    if (!this.#isAllThere(length)) return 'unverified';
    return checksumStatus(this.bytes, this.start, this.start + length);
  }

  /** The status of a checksum over the pseudo-header (RFC 9293, section 3.1; RFC 8200, section 8.1) and the next `length` bytes. */
  checksumStatus(checksum: number, length: number): ChecksumStatus {
    if (!this.#isAllThere(length) || this.pseudoHeader === undefined) return 'unverified';
    const pseudoHeader = fold(this.pseudoHeader + length);
    const status = checksumStatus(this.bytes, this.start, this.start + length, pseudoHeader);
    return status === 'bad' && checksum === pseudoHeader ? 'unverified' : status;
  }

  #isAllThere(length: number): boolean {
    const end = this.start + length;
    return !this.isFragment && end <= this.end && end <= this.bytes.length;
  }
}
