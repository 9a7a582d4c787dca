/** What remains of the contents of an old step where there is not room for all: enough for a person to know it again. */
import type { LogEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import type { Piece } from '../packets/pieces.ts';

/** A multiple of three: base64 is cut between its groups. */
const PAYLOAD_BYTES = 1536;
const LINE_LENGTH = 1024;
/** Room for what is said of the rest: a line is not shortened twice. */
const NOTE_LENGTH = 64;

/** The packet as a capture would have it that takes less of each. */
export function shortenedPacket(packet: Packet): Packet {
  const { bytes, payloadOffset, capturedLength } = packet;
  const length = Math.ceil(payloadOffset / 3) * 3 + PAYLOAD_BYTES;
  if (capturedLength <= length) return packet;
  return { ...packet, bytes: copied(bytes.slice(0, (length / 3) * 4)), capturedLength: length };
}

/** Of packets that were captured as one: it is still one object. */
const shortenedWholes = new WeakMap<Packet, Packet>();

/** A piece of the packet with its beginning alone. */
export function shortenedPiece(piece: Piece): Piece {
  const whole = shortenedWholes.get(piece.whole) ?? shortenedPacket(piece.whole);
  shortenedWholes.set(piece.whole, whole);
  return { ...piece, whole };
}

/** The line with its beginning alone. */
export function shortenedLog(event: LogEvent): LogEvent {
  const { line } = event;
  if (line.length <= LINE_LENGTH + NOTE_LENGTH) return event;
  return { ...event, line: copied(`${line.slice(0, LINE_LENGTH)}… (${line.length} characters)`) };
}

/** A part of a string may keep the whole of it alive. */
function copied(part: string): string {
  return JSON.parse(JSON.stringify(part));
}
