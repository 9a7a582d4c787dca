/**
 * Segmentation offload: what a kernel hands over in one piece, and a network card cuts into the packets that its line takes
 * (Linux: Documentation/networking/segmentation-offloads.rst). Between containers there is no line, so that nobody cuts it.
 */

import { ETHERNET_MTU, lineBytes, packetsOnLine } from '../timeline/records/line.ts';
import type { PacketRecord } from '../timeline/records/packet-record.ts';

/** Of a packet that is told by itself, though it was seen with others in one; empty of all others. */
export function pieceSentence(draft: PacketRecord): string {
  const piece = draft.piece;
  if (piece === undefined) return draft.packet.udp ? longDatagramSentence(draft) : '';
  const { at, count } = piece;
  if (at > 0) return ` It is packet ${at + 1} of ${count} that were handed over in one piece.`;
  const others = count === 2 ? 'the next one' : `the next ${count - 1}`;
  const what = `It was handed over in one piece with ${others}`;
  return draft.explainsOffload
    ? ` ${what} (segmentation offload): the kernel leaves it to the network card to cut it up. A real line carries ${count} packets.`
    : ` ${what}: ${count} packets on a real line.`;
}

/** Neither a call, nor a wire, nor its other end has told what it is made of. */
function longDatagramSentence({ packet: { length, ethernet } }: PacketRecord): string {
  const isLong = length - (ethernet ? ETHERNET_HEADER_BYTES : 0) > ETHERNET_MTU;
  return isLong
    ? ` It is longer than a line of ${ETHERNET_MTU} bytes takes, and no fragment: it may be several that a kernel hands over in one piece (segmentation offload), of which nothing tells how long they are.`
    : '';
}

const ETHERNET_HEADER_BYTES = 14;

/** Of a segment that is longer than a packet of the line; empty of all others. */
export function longSegmentSentence(draft: PacketRecord): string {
  const count = packetsOnLine(draft);
  if (count === 1) return pieceSentence(draft);
  if (!draft.explainsOffload) return ` A real line carries it in ${count} packets.`;
  // What nobody saw leaving may also have been put together where it arrived.
  const why = draft.departure
    ? 'the kernel hands it over in one piece, and leaves it to the network card to cut it up'
    : 'a kernel hands it over, or puts it together, in one piece';
  return ` It is longer than a line takes (${lineBytes(draft)} bytes): ${why} (segmentation offload). A real line carries ${count} packets.`;
}
