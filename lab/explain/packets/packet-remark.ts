import { isFated, type PacketStep } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';
import { between } from '../../util/nanoseconds.ts';
import { deliveryName } from './delivery.ts';

/** What is unusual about a packet, with `times` before the number of copies; empty for most. */
export function packetRemark(step: PacketStep, times: string): string {
  const { isRetransmission, delivery, isDropped, fates, atNs, endNs } = step;
  const copies = fates.filter(({ fate }) => fate === 'duplicated').length;
  const waited = endNs === undefined ? '' : ` ${duration(between(atNs, endNs))}`;
  return [
    ...(step.isUnexplained ? ['no traced call explains it'] : []),
    ...offloadRemarks(step),
    ...(isRetransmission ? ['sent again'] : []),
    ...(isFated(step, 'held') ? [`held${waited}`] : []),
    ...(isFated(step, 'delayed') ? [`delayed${waited}`] : []),
    ...(copies > 0 ? [`${times}${copies + 1}`] : []),
    ...(isFated(step, 'corrupted') ? ['corrupted'] : []),
    ...(isDropped ? ['dropped'] : []),
    ...(delivery === 'lost' ? ['lost'] : []),
  ].join(', ');
}

/** The same for one about which more has become known. */
export function correctedRemark(step: PacketStep, times: string): string {
  return `now known: ${packetRemark(step, times) || deliveryName(step)}`;
}

/** Once in a conversation with the name of what it is. */
function offloadRemarks({ packetsOnLine, piece, explainsOffload }: PacketStep): string[] {
  const isFirst = piece?.number === 1;
  if (!packetsOnLine && !isFirst) return [];
  const count = isFirst
    ? `${piece.count} packets in one piece`
    : `${packetsOnLine} packets on a real line`;
  return [explainsOffload ? `offload: ${count}` : count];
}
