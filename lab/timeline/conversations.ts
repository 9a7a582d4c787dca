import { endpointText } from '../model/endpoint-text.ts';
import type { Endpoint } from '../model/event.ts';
import { LruMap } from '../util/lru-map.ts';
import type { ConversationDraft } from './conversation-draft.ts';
import { type Ends, flowKey } from './ends.ts';
import type { KnownHosts } from './known-hosts.ts';
import type { Conversation } from './step.ts';
import { TcpDirection } from './tcp-direction.ts';

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
  readonly onSummedUp: (gone: ReadonlySet<ConversationDraft>) => void;
}

/** All conversations that are kept, and which of them a packet or a call belongs to. */
export class Conversations {
  readonly #options: Options;
  readonly #all = new Map<number, ConversationDraft>();
  readonly #current = new Map<string, ConversationDraft>();
  readonly #byPeer = new Map<string, ConversationDraft>();
  /** Ends that are known to be servers: of connections whose beginning was seen, and of listening sockets. */
  readonly #servers = new LruMap<string, true>(SERVERS_MAX);
  #forgotten: { revision: number; id: number }[] = [];
  /** Those over UDP that are not idle, the one that was silent longest first. */
  readonly #awake = new Map<number, ConversationDraft>();
  /** How many of them are summed up. */
  #summedUp = 0;
  #ids = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  get values(): readonly Conversation[] {
    return [...this.#all.values()].map((draft) => this.#valueOf(draft));
  }

  changedSince(revision: number): { conversations: Conversation[]; forgotten: number[] } {
    const changed = [...this.#all.values()].filter((draft) => draft.revision > revision);
    const last = this.#forgotten.findLastIndex((entry) => entry.revision <= revision);
    const forgotten = this.#forgotten.slice(last + 1);
    return {
      conversations: changed.map((draft) => this.#valueOf(draft)),
      forgotten: forgotten.map(({ id }) => id),
    };
  }

  /** The latest one between two ends. */
  find({ protocol, from, to }: Ends): ConversationDraft | undefined {
    return this.#current.get(flowKey(protocol, from, to));
  }

  /** The latest one that a host has with a peer, where the host's own port is not known. */
  findByPeer(protocol: string, host: string, peer: Endpoint): ConversationDraft | undefined {
    return this.#byPeer.get(`${protocol} ${host} ${endpointText(peer)}`);
  }

  knowServer(host: string, port: number): void {
    this.#servers.set(`${host} ${port}`, true);
  }

  /** A side whose port is known as a server's is one; of two that are not known, it is that with the lower port. */
  isFromServer({ from, to }: Ends): boolean {
    const [isFrom, isTo] = [this.isServer(from), this.isServer(to)];
    return isFrom === isTo ? from.port < to.port : isFrom;
  }

  begin({ protocol, from, to }: Ends, at: { ns: number; atNs: string }): ConversationDraft {
    const key = flowKey(protocol, from, to);
    this.#ids += 1;
    const draft: ConversationDraft = {
      ...{ id: this.#ids, key, protocol, client: from, server: to, state: 'opening' },
      ...{ beganAtNs: at.atNs, beganNs: at.ns, latestAtNs: at.atNs, latestNs: at.ns },
      ...{ packets: 0, lost: 0, retransmissions: 0, stepsKept: 0, revision: 0 },
      ...{ isSummedUp: false, isForgotten: false },
      toServer: { bytes: 0, tcp: new TcpDirection(), unread: [], sent: [] },
      toClient: { bytes: 0, tcp: new TcpDirection(), unread: [], sent: [] },
    };
    this.#all.set(draft.id, draft);
    this.#current.set(key, draft);
    const { hosts } = this.#options;
    for (const peerKey of peerKeys(draft, hosts)) this.#byPeer.set(peerKey, draft);
    this.touch(draft);
    this.#bound();
    return draft;
  }

  /** @param at when something of it happened, if it did */
  touch(draft: ConversationDraft, at?: { ns: number; atNs: string }): void {
    draft.revision = this.#options.nextRevision();
    draft.value = undefined;
    if (at && at.ns >= draft.latestNs) {
      draft.latestNs = at.ns;
      draft.latestAtNs = at.atNs;
    }
    if (at === undefined || draft.protocol !== 'udp') return;
    this.#awake.delete(draft.id);
    this.#awake.set(draft.id, draft);
  }

  /** UDP has no end: what was silent for so long is idle. */
  idleBefore(ns: number): void {
    for (const [id, draft] of this.#awake) {
      if (draft.latestNs + IDLE_NS > ns) return;
      this.#awake.delete(id);
      if (draft.state !== 'open' || draft.isForgotten) continue;
      draft.state = 'idle';
      this.touch(draft);
    }
  }

  /** A step of it is kept. */
  stepBegun(draft: ConversationDraft): void {
    draft.stepsKept += 1;
    if (!draft.isSummedUp) return;
    draft.isSummedUp = false;
    this.#summedUp -= 1;
  }

  /** A step of it is no longer kept. */
  stepForgotten(draft: ConversationDraft): void {
    draft.stepsKept -= 1;
    draft.toServer.tcp.tidy();
    draft.toClient.tcp.tidy();
    if (draft.stepsKept > 0 || draft.isSummedUp) return;
    this.#sumUp(draft);
  }

  isServer({ address, port }: Endpoint): boolean {
    return this.#servers.has(`${this.#options.hosts.nameOf(address)} ${port}`);
  }

  /** Those that have ended go first, and of them those that were silent longest. */
  #bound(): void {
    const { kept, onSummedUp } = this.#options;
    if (this.#all.size - this.#summedUp > kept) {
      const gone = oldest(this.#which(false), kept);
      for (const draft of gone) this.#sumUp(draft);
      onSummedUp(new Set(gone));
    }
    if (this.#summedUp <= kept) return;
    for (const draft of oldest(this.#which(true), kept)) this.#forget(draft);
  }

  #which(isSummedUp: boolean): ConversationDraft[] {
    return [...this.#all.values()].filter((draft) => draft.isSummedUp === isSummedUp);
  }

  #sumUp(draft: ConversationDraft): void {
    draft.isSummedUp = true;
    this.#summedUp += 1;
    for (const direction of [draft.toServer, draft.toClient]) {
      direction.unread.length = 0;
      direction.sent.length = 0;
    }
    draft.connect = draft.synAck = draft.thirdAck = draft.error = undefined;
    this.touch(draft);
  }

  #forget(draft: ConversationDraft): void {
    draft.isForgotten = true;
    this.#summedUp -= 1;
    this.#all.delete(draft.id);
    if (this.#current.get(draft.key) === draft) this.#current.delete(draft.key);
    for (const key of peerKeys(draft, this.#options.hosts)) {
      if (this.#byPeer.get(key) === draft) this.#byPeer.delete(key);
    }
    this.#forgotten.push({ revision: this.#options.nextRevision(), id: draft.id });
    if (this.#forgotten.length > 4 * this.#options.kept)
      this.#forgotten.splice(0, this.#options.kept);
  }

  #valueOf(draft: ConversationDraft): Conversation {
    draft.value ??= conversationOf(draft, this.#options.hosts);
    return draft.value;
  }
}

/** So many that a share is left to be filled. */
function oldest(drafts: ConversationDraft[], kept: number): ConversationDraft[] {
  const order = (draft: ConversationDraft) => (ended.has(draft.state) ? 0 : 1);
  drafts.sort((a, b) => order(a) - order(b) || a.latestNs - b.latestNs);
  return drafts.slice(0, Math.ceil(drafts.length - kept * (1 - SHARE_LET_GO)));
}

function peerKeys({ protocol, client, server }: ConversationDraft, hosts: KnownHosts): string[] {
  return [
    `${protocol} ${hosts.nameOf(client.address)} ${endpointText(server)}`,
    `${protocol} ${hosts.nameOf(server.address)} ${endpointText(client)}`,
  ];
}

function conversationOf(draft: ConversationDraft, hosts: KnownHosts): Conversation {
  const { id, protocol, client, server, state, packets, retransmissions, lost, isSummedUp } = draft;
  return {
    ...{ id, protocol, state, packets, retransmissions, lost, isSummedUp },
    client: { host: hosts.nameOf(client.address), ...client },
    server: { host: hosts.nameOf(server.address), ...server },
    beganNs: draft.beganAtNs,
    latestNs: draft.latestAtNs,
    bytes: { toServer: draft.toServer.bytes, toClient: draft.toClient.bytes },
  };
}
