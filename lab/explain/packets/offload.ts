/**
 * Segmentation offload: what a kernel hands over in one piece, and a network card cuts into the packets that its line takes
 * (Linux: Documentation/networking/segmentation-offloads.rst). Between containers there is no network card, so that it stays in one piece.
 */

import { ETHERNET_MTU } from '../../timeline/records/line.ts';
import type { PacketStep } from '../../timeline/step.ts';

/** Of a packet that is a step of its own, though it was captured with others in one piece; empty for all others. */
export function pieceSentence(step: PacketStep): string {
  const { piece } = step;
  if (piece === undefined) return step.packet.udp ? longDatagramSentence(step) : '';
  const { number, count } = piece;
  if (number > 1) return ` It is packet ${number} of ${count} that were handed over in one piece.`;
  const others = count === 2 ? 'the next one' : `the next ${count - 1}`;
  const what = `It was handed over in one piece with ${others}`;
  return step.explainsOffload
    ? ` ${what} (segmentation offload): the kernel leaves it to the network card to segment it. A real line carries ${count} packets.`
    : ` ${what}: ${count} packets on a real line.`;
}

/** Neither a call, nor a wire, nor its other end shows what it consists of. */
function longDatagramSentence({ packet: { length, ethernet } }: PacketStep): string {
  const isLong = length - (ethernet ? ETHERNET_HEADER_BYTES : 0) > ETHERNET_MTU;
  return isLong
    ? ` It is longer than an MTU of ${ETHERNET_MTU} bytes allows, and not a fragment: it may be several datagrams that a kernel hands over in one piece (segmentation offload), whose length is not known.`
    : '';
}

const ETHERNET_HEADER_BYTES = 14;

/** Of a segment that is longer than a packet of the line; empty of all others. */
export function longSegmentSentence(step: PacketStep): string {
  const { packetsOnLine: count, lineBytes } = step;
  if (count === undefined) return pieceSentence(step);
  if (!step.explainsOffload) return ` A real line carries it in ${count} packets.`;
  // If its departure was not seen, it may also have been put together where it arrived.
  const why = step.wasSeenLeaving
    ? 'the kernel hands it over in one piece, and leaves it to the network card to segment it'
    : 'a kernel hands it over, or puts it together, in one piece';
  return ` It is longer than the MTU (${lineBytes} bytes) allows: ${why} (segmentation offload). A real line carries ${count} packets.`;
}
