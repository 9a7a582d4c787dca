/** What became of packets of which nothing was seen after they left. */
import type { Context } from '../known/context.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { isCaptured } from './tcp/prove-arrival.ts';

/** A packet that was not seen to arrive for long is lost, if its arrival would have been seen. */
export function followMissing(context: Context, record: PacketRecord): void {
  endWait(record);
  if (record.delivery !== 'in-flight' || record.arrival || record.isForgotten) return;
  record.infer(isCaptured(context, record) ? 'lost' : 'unknown');
}

/** The recording ends before the packet's arrival is overdue: only what was sent again was surely missed. */
export function followRecordingEnd(context: Context, record: PacketRecord): void {
  endWait(record);
  if (record.delivery !== 'in-flight') return;
  const isRepeated = record.links.some(({ kind }) => kind === 'repeated-by');
  if (isRepeated || !isCaptured(context, record)) followMissing(context, record);
  else record.note({ isCutOff: true });
}

/** A capture of its arrival would have been reported by now. */
function endWait(record: PacketRecord): void {
  if (record.isSightAwaited) record.note({ isSightAwaited: false });
}
