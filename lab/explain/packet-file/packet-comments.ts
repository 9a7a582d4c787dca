import type { Packet } from '../../model/packet.ts';
import type { CallStep, LinkKind, PacketStep, Step } from '../../timeline/step.ts';
import { LruMap } from '../../util/lru-map.ts';
import { callTitle } from '../calls/call-title.ts';
import { packetRemark } from '../packets/packet-remark.ts';

/** Calls and packets that may still have to do with each other. */
const REMEMBERED_MAX = 10_000;
/** A wire makes copies behind where packets are captured: they are not in the file. */
const TIMES = 'arrives ×';

interface Parts {
  readonly causes: ReadonlySet<string>;
  /** By step. */
  readonly remarks: ReadonlyMap<number, string>;
  readonly effects: Set<string>;
}
const NOTHING: Parts = { causes: new Set(), remarks: new Map(), effects: new Set() };

/** A comment on each packet: the call that caused it, what became of it, and the call that it let return. */
export class PacketComments {
  readonly #calls = new LruMap<number, string>(REMEMBERED_MAX);
  readonly #packets = new LruMap<number, Packet>(REMEMBERED_MAX);
  readonly #parts = new WeakMap<Packet, Parts>();

  learn(step: Step): void {
    if (step.kind === 'call') this.#learnCall(step);
    if (step.kind === 'packet') this.#learnPacket(step);
  }

  /** `client: sendto 6 bytes "hello\n"; sent again; then server: recvfrom 6 bytes "hello\n"`; empty where nothing is known. */
  of(packet: Packet): string {
    const { causes, remarks, effects } = this.#parts.get(packet) ?? NOTHING;
    const then = [...effects].map((call) => `then ${call}`);
    return [...causes, ...remarks.values(), ...then].filter((part) => part !== '').join('; ');
  }

  /** It may be known only later than its packet, which it stands behind. */
  #learnCall(step: CallStep): void {
    const words = `${step.host}: ${callTitle(step)}`;
    this.#calls.set(step.id, words);
    for (const id of linked(step, 'completed-by')) {
      const packet = this.#packets.get(id);
      if (packet) this.#parts.get(packet)?.effects.add(words);
    }
  }

  /** Packets that were captured in one piece share one comment. */
  #learnPacket(step: PacketStep): void {
    const { piece } = step;
    const packet = piece?.whole ?? step.packet;
    const wordsOf = (kind: LinkKind) =>
      linked(step, kind).flatMap((id) => this.#calls.get(id) ?? []);
    this.#packets.set(step.id, packet);
    const known = piece && this.#parts.get(packet);
    const parts = known ?? { causes: new Set(), remarks: new Map(), effects: new Set() };
    const remark = packetRemark(step, TIMES);
    const which = piece ? `packet ${piece.number} of ${piece.count}: ` : '';
    this.#parts.set(packet, {
      causes: new Set([...parts.causes, ...wordsOf('caused-by')]),
      remarks: new Map([...parts.remarks, [step.id, remark && `${which}${remark}`]]),
      effects: new Set([...parts.effects, ...wordsOf('completed')]),
    });
  }
}

function linked({ links }: Step, wanted: LinkKind): number[] {
  return links.filter(({ kind }) => kind === wanted).map(({ to }) => to.id);
}
