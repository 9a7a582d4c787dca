/** Each packet has one way and one end, and what is lost is received by nobody. */
import type { PacketStep } from '../../../lab/index.ts';
import type { Replay } from '../replay.ts';

export function* packetsEndOnce(replay: Replay): Generator<string> {
  for (const step of replay.packets) {
    for (const wrong of wrongs(step)) yield `${replay.text(step)} ${wrong}`;
  }
}

function* wrongs({ fates, delivery, links, packet }: PacketStep): Generator<string> {
  const count = (name: string) => fates.filter(({ fate }) => fate === name).length;
  const faultsWith = (name: string) =>
    fates.filter(({ fate }) => fate === name).map(({ fault }) => fault);
  const copies = count('duplicated');
  const ends = count('delivered') + count('lost');
  const all = fates.map(({ fate }) => fate).join(', ');
  if (copies === 0 && ends > 1) yield `has ${ends} ends: ${all}`;
  for (const once of ['delayed', 'reordered', 'held'])
    if (copies === 0 && isRepeated(faultsWith(once)))
      yield `was ${once} twice by one fault: ${all}`;
  const completed = links.filter(({ kind }) => kind === 'completed').length;
  if (delivery === 'lost' && completed > 0) yield 'is lost, and let a call return';
  if (packet.udp && completed > 1 + copies) yield `let ${completed} calls return`;
}

/** Two faults on one path may each do the same to a packet. */
const isRepeated = (faults: readonly string[]) => new Set(faults).size < faults.length;
