import type { LabEvent, PacketEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import { addressesOf } from '../../timeline/packets/addresses.ts';
import type { Step } from '../../timeline/step.ts';
import { LruMap } from '../../util/lru-map.ts';
import { PacketComments } from './packet-comments.ts';

/** Whoever sends packets may forge their addresses. */
const SENDERS_MAX = 10_000;

/** A packet, and what there is to say of it. */
export interface CommentedPacket extends PacketEvent {
  readonly comment?: string;
}

/**
 * The packets of a file for Wireshark, in time order, each with its comment. A packet that was seen at both ends is there once,
 * as it left: seen twice, it would be taken for one that was sent again.
 */
export class PacketsOnce {
  readonly #waiting: PacketEvent[] = [];
  readonly #comments = new PacketComments();
  /** What stands for a packet, where it was seen more than once. */
  readonly #first = new WeakSet<Packet>();
  /** The addresses whose packets are seen leaving. */
  readonly #senders = new LruMap<string, true>(SENDERS_MAX);

  event(event: LabEvent): void {
    if (event.kind !== 'packet') return;
    if (event.direction === 'out') this.#senders.set(addressesOf(event.packet).from, true);
    const later = this.#waiting.findLastIndex(({ atNs }) => BigInt(atNs) <= BigInt(event.atNs));
    this.#waiting.splice(later + 1, 0, event);
  }

  /** Steps of the same events, when they are settled. */
  steps(steps: readonly Step[]): void {
    for (const step of steps) {
      this.#comments.learn(step);
      if (step.kind === 'packet') this.#first.add(step.piece?.whole ?? step.packet);
    }
  }

  /** Takes those that were seen up to a time, whose steps have to be known; default: all. */
  *take(untilNs?: bigint): Generator<CommentedPacket> {
    const isDue = ({ atNs }: PacketEvent) => untilNs === undefined || BigInt(atNs) <= untilNs;
    while (this.#waiting[0] && isDue(this.#waiting[0])) {
      const event = this.#waiting.shift();
      if (event === undefined || this.#isSeenAgain(event)) continue;
      const comment = this.#comments.of(event.packet);
      yield { ...event, ...(comment !== '' && { comment }) };
    }
  }

  /** What did not leave where it was said to leave, as a forged packet, is not seen elsewhere. */
  #isSeenAgain({ direction, packet }: PacketEvent): boolean {
    if (direction === 'out' || this.#first.has(packet)) return false;
    return this.#senders.has(addressesOf(packet).from);
  }
}
