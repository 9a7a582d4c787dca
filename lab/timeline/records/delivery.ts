import type { Context } from '../known/context.ts';
import { waits } from '../pairing/pair-up.ts';
import type { PacketRecord } from './step-record.ts';

/** Works out where a packet is, and when it got there, from what was seen of it. */
export function settleDelivery(context: Context, record: PacketRecord): void {
  const { arrival, fates, inferredOutcome } = record;
  const last = fates.findLast(({ fate }) => fate === 'lost' || fate === 'delivered');
  record.endNs = undefined;
  if (isLost(record)) {
    record.delivery = 'lost';
    record.endNs = last?.atNs;
  } else if (record.isFateOmitted && last === undefined && inferredOutcome !== 'arrived') {
    record.delivery = 'unknown';
  } else if (waits(fates) && inferredOutcome !== 'arrived') {
    record.delivery = 'in-flight';
  } else if (last?.fate === 'delivered' || arrival) {
    record.delivery = 'arrived';
    record.endNs = last?.fate === 'delivered' ? last.atNs : arrival?.atNs;
  } else {
    record.delivery = inferredOutcome ?? 'in-flight';
  }
  countLoss(context, record);
}

/** Adds it to the losses of its conversation, once that is certain, or takes it off again. */
export function countLoss({ conversations }: Context, record: PacketRecord): void {
  const { conversation, isLossCounted } = record;
  const isToBeCounted = record.delivery === 'lost';
  if (!record.isSentFollowed || conversation === undefined || isLossCounted === isToBeCounted)
    return;
  record.isLossCounted = isToBeCounted;
  conversation.lost += isToBeCounted ? 1 : -1;
  conversations.touch(conversation);
}

/** Of a packet with copies one may be lost, and the others not. */
function isLost({ fates }: PacketRecord): boolean {
  const has = (name: string) => fates.some(({ fate }) => fate === name);
  return has('lost') && !has('duplicated') && !has('delivered');
}

/** When the receiver's kernel got it: later than its capture where the wire kept it. */
export function arrivalNs(
  { delivery, endNs }: PacketRecord,
  clock: (atNs: string) => number | undefined,
): number | undefined {
  return delivery === 'arrived' && endNs !== undefined ? clock(endNs) : undefined;
}
