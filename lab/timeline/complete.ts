import { waitsForOthers } from './calls.ts';
import { between } from './clock.ts';
import type { Context } from './context.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import { link } from './links.ts';
import { settlePassage } from './passage-of.ts';

/** A wire notes what it delivers, and a trace what has returned, so much off at most, on a busy machine. */
const JITTER_NS = 10e6;

/** A packet let a call return: whatever their clocks say, the call stands behind it. */
export function complete(
  context: Context,
  packet: PacketDraft | undefined,
  draft: CallDraft,
): void {
  const { ledger } = context;
  if (packet === undefined || packet.isForgotten || hasComeLater(packet, draft)) return;
  link(ledger, packet, 'completed', draft);
  if (packet.isFateOmitted) settleArrived(context, packet);
  const arrivedNs = (packet.arrival ?? packet.departure)?.ns ?? draft.placeNs;
  if (waitsForOthers(draft.call) && draft.placeNs <= arrivedNs) ledger.move(draft, arrivedNs + 1);
}

/** A call that is told late may meet packets that came when it had long returned. */
function hasComeLater({ endNs, atNs }: PacketDraft, { endNs: returnedNs }: CallDraft): boolean {
  return returnedNs !== undefined && between(returnedNs, endNs ?? atNs) > JITTER_NS;
}

/** What the wire left out is shown by the call that got it. */
function settleArrived(context: Context, packet: PacketDraft): void {
  packet.verdict = 'arrived';
  settlePassage(context, packet);
  context.ledger.touch(packet);
}
