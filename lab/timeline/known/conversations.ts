import { endpointText } from '../../model/endpoint-text.ts';
import type { Endpoint } from '../../model/event.ts';
import { LruMap } from '../../util/lru-map.ts';
import { type FiveTuple, flowKey } from '../packets/five-tuple.ts';
import type { ConversationRecord } from '../records/conversation-record.ts';
import { TcpDirection } from '../records/tcp-direction.ts';
import type { Conversation } from '../step.ts';
import type { KnownHosts } from './known-hosts.ts';

const IDLE_NS = 30e9;
const SERVERS_MAX = 1024;
/** So many go at once that looking for them costs little. */
const SHARE_LET_GO = 0.2;

const ended: ReadonlySet<Conversation['state']> = new Set(['closed', 'reset', 'refused', 'idle']);

interface Options {
  readonly kept: number;
  readonly hosts: KnownHosts;
  readonly nextRevision: () => number;
  /** Their steps are to be dropped. */
  readonly onSummedUp: (gone: ReadonlySet<ConversationRecord>) => void;
}

/** All conversations that are kept, and which of them a packet or a call belongs to. */
export class Conversations {
  readonly #options: Options;
  readonly #all = new Map<number, ConversationRecord>();
  readonly #current = new Map<string, ConversationRecord>();
  readonly #byPeer = new Map<string, ConversationRecord>();
  /** FiveTuple that are known to be servers: of connections whose beginning was seen, and of listening sockets. */
  readonly #servers = new LruMap<string, true>(SERVERS_MAX);
  #forgotten: { revision: number; id: number }[] = [];
  /** Those over UDP that are not idle, the one that was silent longest first. */
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

  /** The latest one between two ends. */
  find({ protocol, from, to }: FiveTuple): ConversationRecord | undefined {
    return this.#current.get(flowKey(protocol, from, to));
  }

  /** The latest one that a host has with a peer, where the host's own port is not known. */
  findByPeer(protocol: string, host: string, peer: Endpoint): ConversationRecord | undefined {
    return this.#byPeer.get(`${protocol} ${host} ${endpointText(peer)}`);
  }

  knowServer(host: string, port: number): void {
    this.#servers.set(`${host} ${port}`, true);
  }

  /** A side whose port is known as a server's is one; of two that are not known, it is that with the lower port. */
  isFromServer({ from, to }: FiveTuple): boolean {
    const [isFrom, isTo] = [this.isServer(from), this.isServer(to)];
    return isFrom === isTo ? from.port < to.port : isFrom;
  }

  begin({ protocol, from, to }: FiveTuple, at: { ns: number; atNs: string }): ConversationRecord {
    const key = flowKey(protocol, from, to);
    this.#ids += 1;
    const record: ConversationRecord = {
      ...{ id: this.#ids, key, protocol, client: from, server: to, state: 'opening' },
      ...{ beganAtNs: at.atNs, beganNs: at.ns, latestAtNs: at.atNs, latestNs: at.ns },
      ...{ packets: 0, lost: 0, retransmissions: 0, stepsKept: 0, revision: 0 },
      ...{ isSummedUp: false, isForgotten: false },
      toServer: { bytes: 0, tcp: new TcpDirection(), unread: [], sent: [] },
      toClient: { bytes: 0, tcp: new TcpDirection(), unread: [], sent: [] },
    };
    this.#all.set(record.id, record);
    this.#current.set(key, record);
    const { hosts } = this.#options;
    for (const peerKey of peerKeys(record, hosts)) this.#byPeer.set(peerKey, record);
    this.touch(record);
    this.#bound();
    return record;
  }

  /** @param at when something of it happened, if it did */
  touch(record: ConversationRecord, at?: { ns: number; atNs: string }): void {
    record.revision = this.#options.nextRevision();
    record.value = undefined;
    if (at && at.ns >= record.latestNs) {
      record.latestNs = at.ns;
      record.latestAtNs = at.atNs;
    }
    if (at === undefined || record.protocol !== 'udp') return;
    this.#awake.delete(record.id);
    this.#awake.set(record.id, record);
  }

  /** UDP has no end: what was silent for so long is idle. */
  idleBefore(ns: number): void {
    for (const [id, record] of this.#awake) {
      if (record.latestNs + IDLE_NS > ns) return;
      this.#awake.delete(id);
      if (record.state !== 'open' || record.isForgotten) continue;
      record.state = 'idle';
      this.touch(record);
    }
  }

  /** A step of it is kept. */
  stepBegun(record: ConversationRecord): void {
    record.stepsKept += 1;
    if (!record.isSummedUp) return;
    record.isSummedUp = false;
    this.#summedUp -= 1;
  }

  /** A step of it is no longer kept. */
  stepForgotten(record: ConversationRecord): void {
    record.stepsKept -= 1;
    record.toServer.tcp.tidy();
    record.toClient.tcp.tidy();
    if (record.stepsKept > 0 || record.isSummedUp) return;
    this.#sumUp(record);
  }

  isServer({ address, port }: Endpoint): boolean {
    return this.#servers.has(`${this.#options.hosts.nameOf(address)} ${port}`);
  }

  /** Those that have ended go first, and of them those that were silent longest. */
  #bound(): void {
    const { kept, onSummedUp } = this.#options;
    if (this.#all.size - this.#summedUp > kept) {
      const gone = oldest(this.#which(false), kept);
      for (const record of gone) this.#sumUp(record);
      onSummedUp(new Set(gone));
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
    for (const direction of [record.toServer, record.toClient]) {
      direction.unread.length = 0;
      direction.sent.length = 0;
    }
    record.connect = record.synAck = record.thirdAck = record.error = undefined;
    this.touch(record);
  }

  #forget(record: ConversationRecord): void {
    record.isForgotten = true;
    this.#summedUp -= 1;
    this.#all.delete(record.id);
    if (this.#current.get(record.key) === record) this.#current.delete(record.key);
    for (const key of peerKeys(record, this.#options.hosts)) {
      if (this.#byPeer.get(key) === record) this.#byPeer.delete(key);
    }
    this.#forgotten.push({ revision: this.#options.nextRevision(), id: record.id });
    if (this.#forgotten.length > 4 * this.#options.kept)
      this.#forgotten.splice(0, this.#options.kept);
  }

  #valueOf(record: ConversationRecord): Conversation {
    record.value ??= conversationOf(record, this.#options.hosts);
    return record.value;
  }
}

/** So many that a share is left to be filled. */
function oldest(records: ConversationRecord[], kept: number): ConversationRecord[] {
  const order = (record: ConversationRecord) => (ended.has(record.state) ? 0 : 1);
  records.sort((a, b) => order(a) - order(b) || a.latestNs - b.latestNs);
  return records.slice(0, Math.ceil(records.length - kept * (1 - SHARE_LET_GO)));
}

function peerKeys({ protocol, client, server }: ConversationRecord, hosts: KnownHosts): string[] {
  return [
    `${protocol} ${hosts.nameOf(client.address)} ${endpointText(server)}`,
    `${protocol} ${hosts.nameOf(server.address)} ${endpointText(client)}`,
  ];
}

function conversationOf(record: ConversationRecord, hosts: KnownHosts): Conversation {
  const { id, protocol, client, server, state, packets, retransmissions, lost, isSummedUp } =
    record;
  return {
    ...{ id, protocol, state, packets, retransmissions, lost, isSummedUp },
    client: { host: hosts.nameOf(client.address), ...client },
    server: { host: hosts.nameOf(server.address), ...server },
    beganNs: record.beganAtNs,
    latestNs: record.latestAtNs,
    bytes: { toServer: record.toServer.bytes, toClient: record.toClient.bytes },
  };
}
