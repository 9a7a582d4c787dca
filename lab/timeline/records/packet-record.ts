import type { FateEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import { isEnd, isKept } from '../packets/fates.ts';
import type { Piece } from '../packets/pieces.ts';
import type { Delivery, ErrorState, PacketPart } from '../step.ts';
import type { ConversationRecord } from './conversation-record.ts';
import { linked } from './links.ts';
import { fatesOf, type Handled, type Observation, type Pair } from './observation.ts';
import { RecordBase, type RecordKeeper } from './record-base.ts';
import { shortenedPacket, shortenedPiece } from './shortened.ts';

/** What followers find out about a packet. */
interface PacketFacts {
  readonly part?: PacketPart;
  readonly errorState?: ErrorState;
  /** Its host is traced, and no call is known that made it. */
  readonly lacksCall?: boolean;
  /** The recording ended before it could be missed. */
  readonly isCutOff?: boolean;
  /** It has arrived, as its answer shows, and may still be seen arriving. */
  readonly isSightAwaited?: boolean;
  readonly isRetransmission?: boolean;
  /** It is the first of its conversation that was handed over with others in one piece. */
  readonly explainsOffload?: boolean;
  /** Its application bytes in their direction's stream, counted from 0. */
  readonly range?: { readonly from: number; readonly to: number };
  /** How many bytes of the other direction it acknowledges, counted from 0. */
  readonly acknowledged?: number;
}

/** The hosts at both ends of a packet, by name, or by address where no host has it. */
interface Names {
  readonly from: string;
  readonly to: string;
}

/** A packet, from its departure to its arrival. */
export class PacketRecord extends RecordBase {
  readonly kind = 'packet';
  packet: Packet;
  departure: Observation | undefined;
  arrival: Observation | undefined;
  handled: readonly Handled[] = [];
  fates: readonly FateEvent[] = [];
  from: string;
  to: string;
  delivery: Delivery = 'in-flight';
  /** What is concluded, as nothing was seen of it for long, or its answer arrived. */
  inferredOutcome: 'lost' | 'unknown' | 'arrived' | undefined;
  /** The wire left out what became of it, or of others: there were too many. */
  isFateOmitted = false;
  /** The rest is set by `note`. */
  readonly part: PacketPart | undefined;
  readonly errorState: ErrorState | undefined;
  readonly lacksCall: boolean = false;
  readonly isCutOff: boolean = false;
  readonly isSightAwaited: boolean = false;
  readonly isRetransmission: boolean = false;
  readonly explainsOffload: boolean = false;
  readonly range: PacketFacts['range'] | undefined;
  readonly acknowledged: number | undefined;
  /** How far it has been followed. */
  phase: 'paired' | 'left' | 'arrived' = 'paired';
  /** The conversation that counts it as lost. */
  #lostFrom: ConversationRecord | undefined;

  constructor(keeper: RecordKeeper, seen: Observation, { from, to }: Names) {
    super(keeper, seen, seen.ns);
    this.packet = seen.packet;
    this.from = from;
    this.to = to;
    this.characters = charactersOf(seen);
  }

  /** Keeps only the beginning of a long payload. */
  shorten(): void {
    this.packet = shortenedPacket(this.packet);
    for (const seen of [this.departure, this.arrival]) {
      if (seen === undefined) continue;
      seen.packet = shortenedPacket(seen.packet);
      if (seen.piece) seen.piece = shortenedPiece(seen.piece);
    }
    if (this.seen) this.characters = charactersOf(this.seen);
  }

  /** Its departure; where that was not seen, its arrival. */
  get seen(): Observation | undefined {
    return this.departure ?? this.arrival;
  }

  /** When it left, as far as that was seen. */
  get began(): { ns: number; atNs: string } {
    return this.seen ?? { ns: 0, atNs: '0' };
  }

  /** Orders what happened in one nanosecond. */
  get tie(): string {
    return this.seen?.tie ?? '';
  }

  /** Of a packet that was captured as one with others. */
  get piece(): Piece | undefined {
    return this.seen?.piece;
  }

  /**
   * Whether the receiver's kernel dropped it, as its checksum showed that it was damaged. Of one with copies it may be only one that
   * was damaged; and what has been acknowledged was not dropped, as in recordings that do not say which damage was hidden.
   */
  get isDropped(): boolean {
    if (this.delivery !== 'arrived' || this.inferredOutcome === 'arrived') return false;
    if (this.packet.udp?.checksumStatus === 'absent' || this.#has('duplicated')) return false;
    return this.fates.some(({ fate, isChecksumFixed }) => fate === 'corrupted' && !isChecksumFixed);
  }

  /** What it is in its conversation is still to be found out. */
  get isPreliminary(): boolean {
    return this.phase === 'paired';
  }

  /** A wire still has it. */
  get isHeldBack(): boolean {
    return this.delivery === 'in-flight' && isKept(this.fates);
  }

  /** No call explains it, so far. */
  get isUnexplained(): boolean {
    return this.lacksCall && linked(this, 'caused-by', 'call') === undefined;
  }

  /** Takes over what was observed of it, as it is paired now. */
  observe(seen: Observation, { departure, arrival, handled }: Pair, { from, to }: Names): void {
    this.departure = departure;
    this.arrival = arrival;
    this.handled = handled;
    this.fates = fatesOf(handled);
    this.packet = seen.packet;
    this.host = seen.host;
    this.atNs = seen.atNs;
    this.from = from;
    this.to = to;
    this.#deliver();
  }

  /** It was seen to arrive, merged with another packet. */
  arriveWith({ arrival }: PacketRecord): void {
    if (this.arrival || arrival === undefined) return;
    this.arrival = arrival;
    this.phase = 'arrived';
    this.#deliver();
  }

  infer(outcome: NonNullable<PacketRecord['inferredOutcome']>): void {
    this.inferredOutcome = outcome;
    this.#deliver();
  }

  omitFate(): void {
    this.isFateOmitted = true;
    this.#deliver();
  }

  note(facts: PacketFacts): void {
    Object.assign(this, facts);
    this.changed();
  }

  /** It is followed at its departure, or at its arrival. */
  enter(phase: 'left' | 'arrived'): void {
    const wasPreliminary = this.isPreliminary;
    this.phase = phase;
    this.#countLoss();
    if (wasPreliminary) this.changedAlone();
  }

  override assignTo(conversation: ConversationRecord): void {
    super.assignTo(conversation);
    this.#countLoss();
  }

  /** Works out where it is, and when it got there. */
  #deliver(): void {
    const { arrival, fates, inferredOutcome } = this;
    const last = fates.findLast(({ fate }) => isEnd(fate));
    this.endNs = undefined;
    if (this.#has('lost') && !this.#has('duplicated') && !this.#has('delivered')) {
      this.delivery = 'lost';
      this.endNs = last?.atNs;
    } else if (this.isFateOmitted && last === undefined && inferredOutcome !== 'arrived') {
      this.delivery = 'unknown';
    } else if (isKept(fates) && inferredOutcome !== 'arrived') {
      this.delivery = 'in-flight';
    } else if (last?.fate === 'delivered' || arrival) {
      this.delivery = 'arrived';
      this.endNs = last?.fate === 'delivered' ? last.atNs : arrival?.atNs;
    } else {
      this.delivery = inferredOutcome ?? 'in-flight';
    }
    this.#countLoss();
    this.changed();
  }

  #has(name: FateEvent['fate']): boolean {
    return this.fates.some(({ fate }) => fate === name);
  }

  /** Counts it among the losses of its conversation once it has been followed, and takes it off again. */
  #countLoss(): void {
    const isCounted = this.delivery === 'lost' && this.phase !== 'paired';
    const conversation = isCounted ? this.conversation : undefined;
    if (conversation === this.#lostFrom) return;
    this.#lostFrom?.countLost(-1);
    conversation?.countLost(1);
    this.#lostFrom = conversation;
  }
}

/** As a rule a packet is seen at both ends; the pieces of one share what it carried. */
function charactersOf({ packet, piece }: Observation): number {
  const shared = piece ? Math.ceil(piece.whole.bytes.length / piece.count) : 0;
  return 2 * (packet.bytes.length + shared);
}
