import { isFated, type PacketStep } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';
import { between } from '../../util/nanoseconds.ts';
import { deliveryName } from './delivery.ts';

/** What has become of a packet other than to arrive, `times` before how many copies there are; empty for most. */
export function packetNote(step: PacketStep, times: string): string {
  const { isRetransmission, delivery, isDropped, fates, atNs, endNs } = step;
  const copies = fates.filter(({ fate }) => fate === 'duplicated').length;
  const waited = endNs === undefined ? '' : ` ${duration(between(atNs, endNs))}`;
  return [
    ...(step.isUnexplained ? ['no traced call explains it'] : []),
    ...offloadNotes(step),
    ...(isRetransmission ? ['sent again'] : []),
    ...(isFated(step, 'held') ? [`held${waited}`] : []),
    ...(isFated(step, 'delayed') ? [`delayed${waited}`] : []),
    ...(copies > 0 ? [`${times}${copies + 1}`] : []),
    ...(isFated(step, 'corrupted') ? ['corrupted'] : []),
    ...(isDropped ? ['dropped'] : []),
    ...(delivery === 'lost' ? ['lost'] : []),
  ].join(', ');
}

/** The same of one of which more is known than was said before. */
export function correctedNote(step: PacketStep, times: string): string {
  return `now known: ${packetNote(step, times) || deliveryName(step)}`;
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
