/** What became of packets of which nothing was seen after they left. */
import type { Context } from '../known/context.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { isWatched } from './tcp/proof.ts';

/** When nothing was seen of a packet for long after its departure, it is lost, if it would have been seen. */
export function followMissing(context: Context, record: PacketRecord): void {
  endWait(record);
  if (record.delivery !== 'in-flight' || record.arrival || record.isForgotten) return;
  record.infer(isWatched(context, record) ? 'lost' : 'unknown');
}

/** When nothing more is known before its arrival is overdue: only what was sent again was surely missed. */
export function followRecordingEnd(context: Context, record: PacketRecord): void {
  endWait(record);
  if (record.delivery !== 'in-flight') return;
  const isRepeated = record.links.some(({ kind }) => kind === 'repeated-by');
  if (isRepeated || !isWatched(context, record)) followMissing(context, record);
  else record.note({ isCutOff: true });
}

/** Whoever looked where it arrived would have reported it by now. */
function endWait(record: PacketRecord): void {
  if (record.isSightAwaited) record.note({ isSightAwaited: false });
}
