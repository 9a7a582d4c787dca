import { waitsForOthers } from '../../model/call-facts.ts';
import { between } from '../../util/nanoseconds.ts';
import { DELIVERY_JITTER_NS } from '../time/tolerances.ts';
import type { CallRecord } from './call-record.ts';
import { link } from './links.ts';
import type { PacketRecord } from './packet-record.ts';

/** A packet let a call return: the call stands after it, whatever their times are. */
export function complete(packet: PacketRecord | undefined, call: CallRecord): void {
  if (packet === undefined || packet.isForgotten || packet.isHeldBack) return;
  if (hasComeLater(packet, call)) return;
  link(packet, 'completed', call);
  // A call that read it shows its fate, which the wire left out.
  if (packet.isFateOmitted) packet.infer('arrived');
  const arrivedNs = (packet.arrival ?? packet.departure)?.ns ?? call.placeNs;
  if (waitsForOthers(call.call) && call.placeNs <= arrivedNs) call.moveTo(arrivedNs + 1);
}

/** A call that is reported late may find packets that arrived long after its return. */
function hasComeLater({ endNs, atNs }: PacketRecord, { endNs: returnedNs }: CallRecord): boolean {
  return returnedNs !== undefined && between(returnedNs, endNs ?? atNs) > DELIVERY_JITTER_NS;
}
