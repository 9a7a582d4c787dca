import { LruMap } from '../../util/lru-map.ts';
import { between } from '../../util/nanoseconds.ts';
import type { ConversationRecord } from '../records/conversation-record.ts';
import { firstArrival } from '../records/first-arrival.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { TRACE_JITTER_NS } from '../time/tolerances.ts';

/** Ports at which servers listen. */
const QUEUES_MAX = 1024;
/** As the kernel's own limit (listen(2), /proc/sys/net/core/somaxconn). */
const WAITING_MAX = 4096;

/** Connections to traced servers that no `accept` has returned yet: the kernel hands them out in the order of their third ACKs. */
export class AcceptQueues {
  readonly #queues = new LruMap<string, ConversationRecord[]>(QUEUES_MAX);

  /** A connection has its third ACK. */
  add(host: string, conversation: ConversationRecord): void {
    const key = `${host} ${conversation.server.port}`;
    const waiting = (this.#queues.get(key) ?? []).filter(isWaiting);
    this.#queues.set(key, [...waiting, conversation].slice(-WAITING_MAX));
  }

  /** What an `accept` returned at a time. */
  first(host: string, port: number, returnedAtNs: string): ConversationRecord | undefined {
    const waiting = (this.#queues.get(`${host} ${port}`) ?? []).filter((conversation) => {
      const { delivery, endNs } = openedBy(conversation) ?? {};
      const hasCome = endNs !== undefined && between(endNs, returnedAtNs) >= -TRACE_JITTER_NS;
      return isWaiting(conversation) && delivery === 'arrived' && hasCome;
    });
    const cameNs = (conversation: ConversationRecord) => BigInt(openedBy(conversation)?.endNs ?? 0);
    return waiting.sort((a, b) => (cameNs(a) < cameNs(b) ? -1 : 1))[0];
  }
}

function openedBy({ thirdAck, overtakingAck }: ConversationRecord): PacketRecord | undefined {
  return firstArrival(thirdAck, overtakingAck);
}

function isWaiting({ isAccepted, isForgotten }: ConversationRecord): boolean {
  return !isAccepted && !isForgotten;
}
