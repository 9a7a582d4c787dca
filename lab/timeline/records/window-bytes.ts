import { fiveTupleOf } from '../packets/five-tuple.ts';
import type { PacketRecord } from './packet-record.ts';

/** How many bytes a segment's window stands for; `undefined` where the SYNs, which announce the scale, were not seen (RFC 7323, section 2). */
export function windowBytes({ conversation, packet }: PacketRecord): number | undefined {
  const tuple = fiveTupleOf(packet);
  if (conversation === undefined || tuple === undefined || packet.tcp === undefined)
    return undefined;
  const own = conversation.directionFrom(tuple.from);
  const [syn, other] = [own.tcp.syn, conversation.opposite(own).tcp.syn];
  if (syn === undefined || other === undefined) return undefined;
  const [shift, otherShift] = [shiftOf(syn), shiftOf(other)];
  // Both sides scale, or none does.
  const isScaled = shift !== undefined && otherShift !== undefined;
  return packet.tcp.window * 2 ** (isScaled ? shift : 0);
}

function shiftOf({ packet }: PacketRecord): number | undefined {
  const option = packet.tcp?.options.find(({ kind }) => kind === 'window-scale');
  // More than 14 means 14 (section 2.3).
  return option?.kind === 'window-scale' ? Math.min(option.shift, 14) : undefined;
}
