import type { PacketStep } from '../timeline/step.ts';
import { between } from '../timeline/time/clock.ts';
import { duration } from '../util/duration.ts';

/** What has become of a packet other than to arrive, `times` before how many copies there are; empty for most. */
export function packetNote(step: PacketStep, times: string): string {
  const { isRetransmission, delivery, isDropped, fates, atNs, endNs } = step;
  const copies = fates.filter((fate) => fate === 'duplicated').length;
  const waited = endNs === undefined ? '' : ` ${duration(between(atNs, endNs))}`;
  return [
    ...(step.isUnexplained ? ['no traced call explains it'] : []),
    ...offloadNotes(step),
    ...(isRetransmission ? ['sent again'] : []),
    ...(fates.includes('held') ? [`held${waited}`] : []),
    ...(fates.includes('delayed') ? [`delayed${waited}`] : []),
    ...(copies > 0 ? [`${times}${copies + 1}`] : []),
    ...(fates.includes('corrupted') ? ['corrupted'] : []),
    ...(isDropped ? ['dropped'] : []),
    ...(delivery === 'lost' ? ['lost'] : []),
  ].join(', ');
}

/** Once in a conversation with the name of what it is. */
function offloadNotes({ packetsOnLine, piece, explainsOffload }: PacketStep): string[] {
  const isFirst = piece?.number === 1;
  if (!packetsOnLine && !isFirst) return [];
  const count = isFirst
    ? `${piece.count} packets in one piece`
    : `${packetsOnLine} packets on a real line`;
  return [explainsOffload ? `offload: ${count}` : count];
}
