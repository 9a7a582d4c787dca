import { between } from '../../util/nanoseconds.ts';
import { linked } from './links.ts';
import type { PacketRecord } from './packet-record.ts';

/** Of packets and their retransmissions, the one that got there first; where that is not known of any, the first that may have. */
export function firstArrival(...packets: (PacketRecord | undefined)[]): PacketRecord | undefined {
  const tries = packets.flatMap(triesOf).filter(mayHaveArrived);
  const arrived = tries.filter(({ endNs }) => endNs !== undefined);
  const [first] = arrived.sort((a, b) => between(b.endNs ?? '0', a.endNs ?? '0'));
  return first ?? tries[0];
}

function triesOf(packet: PacketRecord | undefined): PacketRecord[] {
  const tries: PacketRecord[] = [];
  for (let one = packet; one && !tries.includes(one); one = linked(one, 'repeated-by', 'packet'))
    tries.push(one);
  return tries;
}

function mayHaveArrived({ delivery, isDropped, isHeldBack }: PacketRecord): boolean {
  return delivery !== 'lost' && !isDropped && !isHeldBack;
}
