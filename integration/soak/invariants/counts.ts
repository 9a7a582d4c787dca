/** The figures of a conversation are those of its steps. */
import type { PacketStep } from '../../../lab/index.ts';
import type { Told } from '../told.ts';

export function* figuresAreRight(told: Told): Generator<string> {
  const packets = Map.groupBy(told.packets, ({ conversation }) => conversation);
  for (const { id, packets: count, lost, retransmissions } of told.conversations) {
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

function* compare(id: number, what: string, told: number, found: number): Generator<string> {
  if (told !== found) yield `conversation ${id} tells of ${told} ${what}, and has ${found}`;
}
