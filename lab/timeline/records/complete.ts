import { waitsForOthers } from '../calls.ts';
import type { Context } from '../known/context.ts';
import { between } from '../time/clock.ts';
import { settleDelivery } from './delivery.ts';
import { link } from './links.ts';
import type { CallRecord, PacketRecord } from './step-record.ts';

/** A wire notes what it delivers, and a trace what has returned, so much off at most, on a busy machine. */
const JITTER_NS = 10e6;

/** A packet let a call return: whatever their clocks say, the call stands behind it. */
export function complete(
  context: Context,
  packet: PacketRecord | undefined,
  record: CallRecord,
): void {
  const { store } = context;
  if (packet === undefined || packet.isForgotten || hasComeLater(packet, record)) return;
  link(store, packet, 'completed', record);
  if (packet.isFateOmitted) settleArrived(context, packet);
  const arrivedNs = (packet.arrival ?? packet.departure)?.ns ?? record.placeNs;
  if (waitsForOthers(record.call) && record.placeNs <= arrivedNs) store.move(record, arrivedNs + 1);
}

/** A call that is told late may meet packets that came when it had long returned. */
function hasComeLater({ endNs, atNs }: PacketRecord, { endNs: returnedNs }: CallRecord): boolean {
  return returnedNs !== undefined && between(returnedNs, endNs ?? atNs) > JITTER_NS;
}

/** What the wire left out is shown by the call that got it. */
function settleArrived(context: Context, packet: PacketRecord): void {
  packet.inferredOutcome = 'arrived';
  settleDelivery(context, packet);
  context.store.touch(packet);
}
