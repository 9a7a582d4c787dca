import { waitsForOthers } from './calls.ts';
import type { Context } from './context.ts';
import type { CallDraft, PacketDraft } from './draft.ts';
import { link } from './links.ts';

/** A packet let a call return: whatever their clocks say, the call stands behind it. */
export function complete(
  { ledger }: Context,
  packet: PacketDraft | undefined,
  draft: CallDraft,
): void {
  if (packet === undefined || packet.isForgotten) return;
  link(ledger, packet, 'completed', draft);
  const arrivedNs = (packet.arrival ?? packet.departure)?.ns ?? draft.placeNs;
  if (waitsForOthers(draft.call) && draft.placeNs <= arrivedNs) ledger.move(draft, arrivedNs + 1);
}
