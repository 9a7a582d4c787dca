/** The figures of a conversation are those of its steps. */
import type { PacketStep } from '../../../lab/index.ts';
import type { Replay } from '../replay.ts';

export function* figuresAreRight(replay: Replay): Generator<string> {
  const packets = Map.groupBy(replay.packets, ({ conversation }) => conversation);
  for (const { id, packets: count, lost, retransmissions } of replay.conversations) {
    const own = packets.get(id) ?? [];
    const of = (is: (step: PacketStep) => boolean) => own.filter(is).length;
    yield* compare(id, 'packets', count, own.length);
    yield* compare(
      id,
      'lost',
      lost,
      of(({ delivery }) => delivery === 'lost'),
    );
    const again = of(({ isRetransmission }) => isRetransmission);
    yield* compare(id, 'retransmissions', retransmissions, again);
  }
}

function* compare(id: number, what: string, stated: number, found: number): Generator<string> {
  if (stated !== found) yield `conversation ${id} states ${stated} ${what}, and has ${found}`;
}
