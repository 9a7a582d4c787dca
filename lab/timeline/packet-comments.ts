import type { Packet } from '../capture/packet.ts';
import { Recent } from '../recent.ts';
import { packetNote } from './sentences/packet-note.ts';
import { wholeTitle } from './sentences/title.ts';
import type { CallStep, Link, PacketStep, Step } from './step.ts';

/** Calls and packets that may still have to do with each other. */
const REMEMBERED_MAX = 10_000;
/** A wire makes copies behind where packets are captured: they are not in the file. */
const TIMES = 'arrives ×';

/** What there is to say of each packet: the call that caused it, what became of it, and the call that it let return. */
export class PacketComments {
  readonly #calls = new Recent<number, string>(REMEMBERED_MAX);
  readonly #packets = new Recent<number, Packet>(REMEMBERED_MAX);
  readonly #parts = new WeakMap<Packet, { causes: string[]; note: string; effects: string[] }>();

  learn(step: Step): void {
    if (step.kind === 'call') this.#learnCall(step);
    if (step.kind === 'packet') this.#learnPacket(step);
  }

  /** `client: sendto 6 bytes "hello\n"; sent again; then server: recvfrom 6 bytes "hello\n"`; empty where nothing is known. */
  of(packet: Packet): string {
    const { causes = [], note = '', effects = [] } = this.#parts.get(packet) ?? {};
    const then = effects.map((call) => `then ${call}`);
    return [...causes, note, ...then].filter((part) => part !== '').join('; ');
  }

  /** It may be known only later than its packet, which it stands behind. */
  #learnCall(step: CallStep): void {
    const words = `${step.host}: ${wholeTitle(step)}`;
    this.#calls.set(step.id, words);
    for (const id of linked(step, 'completed by')) {
      const packet = this.#packets.get(id);
      const effects = packet && this.#parts.get(packet)?.effects;
      if (effects && !effects.includes(words)) effects.push(words);
    }
  }

  #learnPacket(step: PacketStep): void {
    const wordsOf = (kind: Link['kind']) =>
      linked(step, kind).flatMap((id) => this.#calls.get(id) ?? []);
    this.#packets.set(step.id, step.packet);
    this.#parts.set(step.packet, {
      causes: wordsOf('caused by'),
      note: packetNote(step, TIMES),
      effects: wordsOf('completed'),
    });
  }
}

function linked({ links }: Step, wanted: Link['kind']): number[] {
  return links.filter(({ kind }) => kind === wanted).map(({ to }) => to);
}
