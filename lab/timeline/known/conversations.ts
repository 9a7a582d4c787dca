import { endpointText } from '../../model/endpoint-text.ts';
import type { Endpoint } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import { type FiveTuple, flowKey } from '../packets/five-tuple.ts';
import {
  type ConversationKeeper,
  ConversationRecord,
  type Instant,
} from '../records/conversation-record.ts';
import type { Conversation } from '../step.ts';
import type { StepStore } from '../store/step-store.ts';
import type { KnownHosts } from './known-hosts.ts';

const IDLE_NS = 30e9;
const SERVERS_MAX = 1024;
/** This share is let go at a time, so that finding them costs little. */
const SHARE_LET_GO = 0.2;

const ended: ReadonlySet<Conversation['state']> = new Set(['closed', 'reset', 'refused', 'idle']);

interface Options {
  readonly kept: number;
  readonly hosts: KnownHosts;
  readonly store: StepStore;
}

/** All conversations that are kept, and which of them a packet or a call belongs to. */
export class Conversations implements ConversationKeeper {
  readonly #options: Options;
  readonly #all = new Map<number, ConversationRecord>();
  readonly #current = new Map<string, ConversationRecord>();
  readonly #byPeer = new Map<string, ConversationRecord>();
  /** Ports of hosts that are known to be servers': of connections whose beginning was seen, and of listening sockets. */
  readonly #servers = new LruMap<string, true>(SERVERS_MAX);
  #forgotten: { revision: number; id: number }[] = [];
  /** Those over UDP that are not idle, the longest silent first. */
  readonly #awake = new Map<number, ConversationRecord>();
  /** How many of them are summed up. */
  #summedUp = 0;
  #ids = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  get values(): readonly Conversation[] {
    return [...this.#all.values()].map((record) => this.#valueOf(record));
  }

  changedSince(revision: number): { conversations: Conversation[]; forgotten: number[] } {
    const changed = [...this.#all.values()].filter((record) => record.revision > revision);
    const last = this.#forgotten.findLastIndex((entry) => entry.revision <= revision);
    const forgotten = this.#forgotten.slice(last + 1);
    return {
      conversations: changed.map((record) => this.#valueOf(record)),
      forgotten: forgotten.map(({ id }) => id),
    };
  }

  /** The latest one of a five-tuple, in either direction. */
  find(tuple: FiveTuple): ConversationRecord | undefined {
    return this.#current.get(flowKey(tuple));
  }

  /** The latest one between a host and a peer, where the host's own port is not known. */
  findByPeer(protocol: string, host: string, peer: Endpoint): ConversationRecord | undefined {
    return this.#byPeer.get(`${protocol} ${host} ${endpointText(peer)}`);
  }

  knowServer(host: string, port: number): void {
    this.#servers.set(`${host} ${port}`, true);
  }

  /** The server is the side whose port is known as a server's; where that does not decide, the one with the lower port. */
  isFromServer({ from, to }: FiveTuple): boolean {
    const [isFrom, isTo] = [this.isServer(from), this.isServer(to)];
    return isFrom === isTo ? from.port < to.port : isFrom;
  }

  /** @param tuple from its client to its server */
  begin(tuple: FiveTuple, began: Instant): ConversationRecord {
    this.#ids += 1;
    const record = new ConversationRecord(this, tuple, { id: this.#ids, began });
    this.#all.set(record.id, record);
    this.#current.set(record.key, record);
    for (const key of peerKeys(record, this.#options.hosts)) this.#byPeer.set(key, record);
    this.changed(record);
    this.#bound();
    return record;
  }

  /** UDP has no end: a conversation that was silent for long is idle. */
  idleBefore(ns: number): void {
    for (const [id, record] of this.#awake) {
      if (record.latest.ns + IDLE_NS > ns) return;
      this.#awake.delete(id);
      if (record.state === 'open' && !record.isForgotten) record.enter('idle');
    }
  }

  changed(record: ConversationRecord): void {
    record.revision = this.#options.store.nextRevision();
    record.value = undefined;
  }

  used(record: ConversationRecord): void {
    this.changed(record);
    if (record.protocol !== 'udp') return;
    this.#awake.delete(record.id);
    this.#awake.set(record.id, record);
  }

  emptied(record: ConversationRecord): void {
    this.#sumUp(record);
  }

  revived(record: ConversationRecord): void {
    record.isSummedUp = false;
    this.#summedUp -= 1;
    this.changed(record);
  }

  isServer({ address, port }: Endpoint): boolean {
    return this.#servers.has(`${this.#options.hosts.nameOf(address)} ${port}`);
  }

  /** Ended ones go first, and of those the longest silent. */
  #bound(): void {
    const { kept, store } = this.#options;
    if (this.#all.size - this.#summedUp > kept) {
      const gone = new Set(oldest(this.#which(false), kept));
      for (const record of gone) this.#sumUp(record);
      store.forgetAll(({ conversation }) => conversation !== undefined && gone.has(conversation));
    }
    if (this.#summedUp <= kept) return;
    for (const record of oldest(this.#which(true), kept)) this.#forget(record);
  }

  #which(isSummedUp: boolean): ConversationRecord[] {
    return [...this.#all.values()].filter((record) => record.isSummedUp === isSummedUp);
  }

  #sumUp(record: ConversationRecord): void {
    record.isSummedUp = true;
    this.#summedUp += 1;
    record.letGo();
    this.changed(record);
  }

  #forget(record: ConversationRecord): void {
    record.isForgotten = true;
    this.#summedUp -= 1;
    this.#all.delete(record.id);
    if (this.#current.get(record.key) === record) this.#current.delete(record.key);
    for (const key of peerKeys(record, this.#options.hosts)) {
      if (this.#byPeer.get(key) === record) this.#byPeer.delete(key);
    }
    this.#forgotten.push({ revision: this.#options.store.nextRevision(), id: record.id });
    if (this.#forgotten.length > 4 * this.#options.kept)
      this.#forgotten.splice(0, this.#options.kept);
  }

  #valueOf(record: ConversationRecord): Conversation {
    record.value ??= conversationOf(record, this.#options.hosts);
    return record.value;
  }
}

/** As many as have to go to leave that share free. */
function oldest(records: ConversationRecord[], kept: number): ConversationRecord[] {
  const order = (record: ConversationRecord) => (ended.has(record.state) ? 0 : 1);
  records.sort((a, b) => order(a) - order(b) || a.latest.ns - b.latest.ns);
  return records.slice(0, Math.ceil(records.length - kept * (1 - SHARE_LET_GO)));
}

function peerKeys({ protocol, client, server }: ConversationRecord, hosts: KnownHosts): string[] {
  return [
    `${protocol} ${hosts.nameOf(client.address)} ${endpointText(server)}`,
    `${protocol} ${hosts.nameOf(server.address)} ${endpointText(client)}`,
  ];
}

function conversationOf(record: ConversationRecord, hosts: KnownHosts): Conversation {
  const { client, server, toServer, toClient } = record;
  return {
    id: record.id,
    protocol: record.protocol,
    client: { host: hosts.nameOf(client.address), ...client },
    server: { host: hosts.nameOf(server.address), ...server },
    beganNs: record.beganAtNs,
    latestNs: record.latest.atNs,
    state: record.state,
    packets: record.packets,
    bytes: { toServer: toServer.bytes, toClient: toClient.bytes },
    retransmissions: record.retransmissions,
    lost: record.lost,
    isSummedUp: record.isSummedUp,
  };
}
