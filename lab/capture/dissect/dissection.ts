/** The packet that is being decoded, and how far: each protocol's file takes its own header off the front. */

import type { Packet } from '../../model/packet.ts';
import type { ChecksumStatus } from './checksum.ts';
import { checksumStatus, fold } from './checksum.ts';
import type { LinkType } from './link-type.ts';

/** A packet while its fields are filled in. */
export type Draft = { -readonly [Key in keyof Packet]: Packet[Key] };

/** Shared by all sound packets. */
const NO_NOTES: readonly string[] = Object.freeze([]);

export class Dissection {
  readonly bytes: Uint8Array;
  readonly packet: Draft;
  /** Where the next header begins. */
  start = 0;
  /** Where the packet ends, as the headers so far say; that may be beyond what was captured. */
  end: number;
  /** Whether a fragment of a datagram is all there is, so that nothing over the whole can be checked. */
  isFragment = false;
  /** The sum of the pseudo-header without the length; undefined where it cannot be known. */
  pseudoHeader: number | undefined = 0;

  /** Where the address is to which an IPv6 packet goes in the end; undefined where that cannot be known. */
  finalDestination: number | undefined = undefined;
  /** Whether it is a packet that an ICMP error quotes: one that was cut on purpose. */
  isQuoted = false;

  constructor(bytes: Uint8Array, linkType: LinkType, length: number) {
    this.bytes = bytes;
    this.end = length;
    this.packet = {
      linkType,
      length,
      capturedLength: bytes.length,
      bytes: '',
      notes: NO_NOTES,
      payloadOffset: 0,
      payloadLength: 0,
    };
  }

  note(text: string): void {
    this.packet.notes = [...this.packet.notes, text];
  }

  /** Whether so many bytes are there from `start` on; if not, a note says which were cut, and by what. */
  has(length: number, what: string): boolean {
    const there = Math.min(this.end, this.bytes.length) - this.start;
    if (there >= length) return true;
    const found = Math.max(0, there);
    const cut = this.start + length > this.end ? 'are in the packet' : 'were captured';
    this.note(`${what} is cut short: it takes ${length} bytes, but only ${found} ${cut}`);
    return false;
  }

  /** What to say of a checksum over the next `length` bytes alone. */
  plainChecksumStatus(length: number): ChecksumStatus {
    if (!this.#isAllThere(length)) return 'unverified';
    return checksumStatus(this.bytes, this.start, this.start + length);
  }

  /** What to say of a checksum over the pseudo-header (RFC 9293, section 3.1; RFC 8200, section 8.1) and the next `length` bytes. */
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
