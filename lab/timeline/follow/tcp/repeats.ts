/** Segments that repeat earlier ones. */

import { link } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** A segment repeats earlier ones: it is linked with the latest try of each. */
export function repeat(earlier: readonly PacketRecord[], record: PacketRecord): void {
  retransmitted(record);
  const latest = earlier.filter(({ links }) => !links.some(({ kind }) => kind === 'repeated-by'));
  for (const one of latest.length > 0 ? latest : earlier.slice(-1))
    link(one, 'repeated-by', record);
}

export function retransmitted(record: PacketRecord): void {
  if (record.isRetransmission) return;
  record.note({ isRetransmission: true });
  record.conversation?.countRetransmission();
}
