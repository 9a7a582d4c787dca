import { checksumAt, fixChecksum } from './checksum.ts';
import type { CorruptSettings } from './faults.ts';
import { type Headers, TCP, UDP } from './headers.ts';
import { type Fate, type Impairment, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';
import type { Random } from './random.ts';

/**
 * Flips bits in TCP segments and UDP datagrams.
 *
 * As on a real wire the checksum then finds the damage, and the host's kernel throws the packet away: all bits of one packet
 * are flipped within one byte, which the Internet checksum always detects (RFC 1071), and never in the
 * checksum itself, as zeros there can say "none". With `fixChecksum` bits of the application's bytes are flipped and the
 * checksum is made right, so that the damage reaches the application. The IP header is spared: its checksum was seen to
 * before the packet got here, and nobody would look again.
 */
export function corrupt(settings: CorruptSettings, random: Random): Impairment {
  const { percent, bits = 1, fixChecksum: fixes = false } = settings;
  return {
    decide(packet) {
      // Drawn for every packet, whatever becomes of it, so that a fate depends on a packet's place in the sequence alone.
      const [isDrawn, place, bit] = [random() * 100 < percent, random(), Math.floor(random() * 8)];
      if (!isDrawn || packet.isCut) return PASS;
      return fixes
        ? inPayload(packet, { place, bit, bits })
        : inSegment(packet, { place, bit, bits });
    },
  };
}

interface Flip {
  /** From 0 up to but not including 1: how far into the region. */
  readonly place: number;
  readonly bit: number;
  readonly bits: number;
}

function inSegment({ bytes, headers }: WirePacket, flip: Flip): Fate {
  const { transportAt, end, protocol } = headers;
  const at = transportAt + Math.floor(flip.place * (end - transportAt));
  if (at >= end) return PASS;
  const checksum = transportAt + checksumAt(protocol);
  const spared = hasChecksum(headers) && (at === checksum || at === checksum + 1);
  return { kind: 'corrupt', bytes: flipped(bytes, spared ? transportAt : at, flip) };
}

function inPayload({ bytes, headers }: WirePacket, flip: Flip): Fate {
  const { payloadAt, end, isFragment } = headers;
  // A fragment's checksum is over what only all of them together contain.
  if (payloadAt === undefined || payloadAt >= end || isFragment) return PASS;
  const damaged = flipped(bytes, payloadAt + Math.floor(flip.place * (end - payloadAt)), flip);
  fixChecksum(damaged, headers);
  return { kind: 'corrupt', bytes: damaged };
}

function hasChecksum({ protocol, payloadAt }: Headers): boolean {
  return payloadAt !== undefined && (protocol === TCP || protocol === UDP);
}

/** A copy with 1 to 8 bits of one byte flipped. */
function flipped(bytes: Buffer, at: number, { bit, bits }: Flip): Buffer {
  const copy = Buffer.from(bytes);
  const run = (1 << bits) - 1;
  const mask = ((run << bit) | (run >> (8 - bit))) & 0xff;
  copy.writeUInt8(copy.readUInt8(at) ^ mask, at);
  return copy;
}
