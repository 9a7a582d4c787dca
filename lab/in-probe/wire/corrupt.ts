import type { CorruptSettings } from '../../model/faults.ts';
import type { Random } from '../../util/random.ts';
import { adjustChecksum, checksumAt } from './checksum.ts';
import { type Headers, TCP, UDP } from './headers.ts';
import { type Impairment, PASS } from './impairment.ts';
import type { WirePacket } from './packet.ts';

/**
 * Flips bits in TCP segments and UDP datagrams.
 *
 * As on a real wire, the checksum then detects the damage, and the host's kernel drops the packet: all flipped bits of a packet
 * are in one byte, which the Internet checksum always detects (RFC 1071), and never in the checksum itself, where zeros can
 * mean "none". With `fixChecksum`, bits of the application data are flipped and the checksum is corrected, so that the damage
 * reaches the application. The IP header is spared: its checksum was verified before the packet got here, and is not again.
 */
export function corrupt(settings: CorruptSettings, random: Random): Impairment {
  const { percent, bits = 1, fixChecksum: fixes = false } = settings;
  return {
    decide(packet, _nowNs, count = 1) {
      // Drawn for every packet, whatever becomes of it, so that its fate depends only on its position in the sequence.
      const flips = Array.from({ length: count }, (_, index) => {
        const [isDrawn, place, bit] = [
          random() * 100 < percent,
          random(),
          Math.floor(random() * 8),
        ];
        return isDrawn ? { index, place, bit, bits } : [];
      }).flat();
      const [flip] = flips;
      if (flip === undefined || packet.isCut) return PASS;
      // One byte is enough: damage in two might cancel out in the sum.
      const damaged = damage(packet, flip, fixes);
      return damaged === undefined ? PASS : { kind: 'corrupt', ...damaged, packets: flips.length };
    },
  };
}

interface Flip {
  /** Which of the packets on the line. */
  readonly index: number;
  /** The relative position in the region, from 0 up to but not including 1. */
  readonly place: number;
  readonly bit: number;
  readonly bits: number;
}

interface Damage {
  readonly bytes: Buffer;
  readonly rest: readonly WirePacket[];
}

/** @returns undefined if there is nothing to corrupt */
function damage(packet: WirePacket, flip: Flip, fixes: boolean): Damage | undefined {
  // The checksum covers all fragments, of which this is only one.
  if (fixes && packet.headers.isFragment && packet.rest.length === 0) return undefined;
  const index = packet.rest.length > 0 ? flip.index : 0;
  const piece = [packet, ...packet.rest][index];
  const at = piece && (fixes ? placeInPayload(piece, flip) : placeInSegment(piece, flip));
  if (piece === undefined || at === undefined) return undefined;
  const damaged = { ...piece, bytes: flipped(piece.bytes, at, flip), isChanged: true };
  const first = index === 0 ? damaged : { ...packet, bytes: Buffer.from(packet.bytes) };
  if (fixes) adjustChecksum(first, wordAround(piece, at), wordAround(damaged, at));
  const rest = index === 0 ? packet.rest : packet.rest.with(index - 1, damaged);
  return { bytes: first.bytes, rest };
}

function placeInSegment(piece: WirePacket, flip: Flip): number | undefined {
  const { headers } = piece;
  const at = placeFrom(headers.transportAt, piece, flip);
  if (at === undefined || !hasChecksum(headers)) return at;
  const checksum = headers.transportAt + checksumAt(headers.protocol);
  return at === checksum || at === checksum + 1 ? headers.transportAt : at;
}

/** A later fragment has only payload. */
function placeInPayload(piece: WirePacket, flip: Flip): number | undefined {
  const { payloadAt, fragment } = piece.headers;
  const dataAt = fragment !== undefined && fragment.offset > 0 ? fragment.dataAt : undefined;
  const from = payloadAt ?? dataAt;
  return from === undefined ? undefined : placeFrom(from, piece, flip);
}

/** The offset of a flip in the region from `from`; the kernel may have merged several packets of the line. */
function placeFrom(from: number, { headers: { end }, onLine }: WirePacket, flip: Flip) {
  const parts = onLine.length;
  const share = parts > 1 ? (flip.index + flip.place) / parts : flip.place;
  const at = from + Math.floor(share * (end - from));
  return at < end ? at : undefined;
}

/** The word of the checksum's sum that contains an offset. */
function wordAround({ bytes, headers }: WirePacket, at: number): number {
  const from = headers.fragment?.dataAt ?? headers.transportAt;
  const start = at - ((at - from) % 2);
  return (bytes.readUInt8(start) << 8) | (start + 1 < headers.end ? bytes.readUInt8(start + 1) : 0);
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
