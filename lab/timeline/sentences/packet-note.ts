import { duration } from '../../duration.ts';
import { between } from '../clock.ts';
import type { PacketStep } from '../step.ts';

/** What has become of a packet other than to arrive, `times` before how many copies there are; empty for most. */
export function packetNote(
  { isRetransmission, passage, isDropped, fates, atNs, endNs, packetsOnLine }: PacketStep,
  times: string,
): string {
  const copies = fates.filter((fate) => fate === 'duplicated').length;
  const waited = endNs === undefined ? '' : ` ${duration(between(atNs, endNs))}`;
  return [
    ...(packetsOnLine ? [`${packetsOnLine} packets on a real line`] : []),
    ...(isRetransmission ? ['sent again'] : []),
    ...(fates.includes('held') ? [`held${waited}`] : []),
    ...(fates.includes('delayed') ? [`delayed${waited}`] : []),
    ...(copies > 0 ? [`${times}${copies + 1}`] : []),
    ...(fates.includes('corrupted') ? ['corrupted'] : []),
    ...(isDropped ? ['dropped'] : []),
    ...(passage === 'lost' ? ['lost'] : []),
  ].join(', ');
}
