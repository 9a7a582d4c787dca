import type { Endpoint } from '../../model/event.ts';
import type { FiveTuple } from '../packets/five-tuple.ts';
import { flowKey } from '../packets/five-tuple.ts';
import type { Conversation } from '../step.ts';
import type { CallRecord } from './call-record.ts';
import type { PacketRecord } from './packet-record.ts';
import { TcpDirection } from './tcp-direction.ts';

/** Where conversations are kept: notified of each change. */
export interface ConversationKeeper {
  changed(conversation: ConversationRecord): void;
  /** A packet of it was sent. */
  used(conversation: ConversationRecord): void;
  /** None of its steps is kept any more. */
  emptied(conversation: ConversationRecord): void;
  /** A step of it is kept again. */
  revived(conversation: ConversationRecord): void;
}

/** A moment, as a number and in decimal. */
export interface Instant {
  readonly ns: number;
  readonly atNs: string;
}

/** One of the two directions of a conversation. */
export class Direction {
  /** Application bytes, each counted once. */
  bytes = 0;
  readonly tcp = new TcpDirection();
  /** The latest segment. */
  latest: PacketRecord | undefined;
  /** Datagrams that have arrived, and that no call has read yet. */
  readonly unread: PacketRecord[] = [];
  /** The latest datagrams, for the errors about them. */
  readonly sent: PacketRecord[] = [];
}

/** A conversation as it grows. What a `Conversation` says of it is changed only by its methods, which notify its keeper. */
export class ConversationRecord {
  readonly id: number;
  readonly key: string;
  readonly protocol: 'tcp' | 'udp';
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly beganNs: number;
  readonly beganAtNs: string;
  readonly toServer = new Direction();
  readonly toClient = new Direction();
  connect: CallRecord | undefined;
  synAck: PacketRecord | undefined;
  thirdAck: PacketRecord | undefined;
  /** The client's next segment, where it left before the third ACK had arrived. */
  overtakingAck: PacketRecord | undefined;
  /** An `accept` has returned it. */
  isAccepted = false;
  /** The latest error about it: an ICMP error, or RST. */
  error: PacketRecord | undefined;
  /** The first packet of it that was handed over in one piece with others. */
  firstOffloaded: PacketRecord | undefined;
  readonly #keeper: ConversationKeeper;
  #latest: Instant;
  #state: Conversation['state'] = 'opening';
  #packets = 0;
  #lost = 0;
  #retransmissions = 0;
  #stepsKept = 0;
  /** Its keeper sets what follows. */
  isSummedUp = false;
  isForgotten = false;
  revision = 0;
  value: Conversation | undefined;

  /** @param tuple from its client to its server */
  constructor(
    keeper: ConversationKeeper,
    tuple: FiveTuple,
    { id, began }: { readonly id: number; readonly began: Instant },
  ) {
    this.#keeper = keeper;
    this.id = id;
    this.key = flowKey(tuple);
    this.protocol = tuple.protocol;
    this.client = tuple.from;
    this.server = tuple.to;
    this.beganNs = began.ns;
    this.beganAtNs = began.atNs;
    this.#latest = began;
  }

  get state(): Conversation['state'] {
    return this.#state;
  }

  get latest(): Instant {
    return this.#latest;
  }

  get packets(): number {
    return this.#packets;
  }

  get lost(): number {
    return this.#lost;
  }

  get retransmissions(): number {
    return this.#retransmissions;
  }

  enter(state: Conversation['state']): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#keeper.changed(this);
  }

  /** A packet of it was sent, with `bytes` that are new in its direction. */
  countPacket({ ns, atNs }: Instant, direction?: Direction, bytes = 0): void {
    this.#packets += 1;
    if (direction) direction.bytes += bytes;
    if (ns >= this.#latest.ns) this.#latest = { ns, atNs };
    this.#keeper.used(this);
  }

  /** Takes back a packet that several others have replaced. */
  discountPacket(direction: Direction, bytes: number): void {
    this.#packets -= 1;
    direction.bytes -= bytes;
    this.#keeper.changed(this);
  }

  /** @param by -1 for one that turned out not to be lost */
  countLost(by: 1 | -1): void {
    this.#lost += by;
    this.#keeper.changed(this);
  }

  countRetransmission(): void {
    this.#retransmissions += 1;
    this.#keeper.changed(this);
  }

  /** A step of it is kept. */
  keepStep(): void {
    this.#stepsKept += 1;
    if (this.isSummedUp) this.#keeper.revived(this);
  }

  /** A step of it is no longer kept. */
  forgetStep(): void {
    this.#stepsKept -= 1;
    this.toServer.tcp.tidy();
    this.toClient.tcp.tidy();
    if (this.#stepsKept === 0 && !this.isSummedUp) this.#keeper.emptied(this);
  }

  /** Drops its references to steps. */
  letGo(): void {
    for (const { unread, sent } of [this.toServer, this.toClient]) {
      unread.length = 0;
      sent.length = 0;
    }
    this.connect =
      this.synAck =
      this.thirdAck =
      this.overtakingAck =
      this.error =
      this.firstOffloaded =
        undefined;
  }

  /** The direction of what comes from an end. */
  directionFrom({ address, port }: Endpoint): Direction {
    const isClient = this.client.address === address && this.client.port === port;
    return isClient ? this.toServer : this.toClient;
  }

  opposite(direction: Direction): Direction {
    return direction === this.toServer ? this.toClient : this.toServer;
  }
}
