/** TCP sequence numbers as a person reads them: from 0 in each direction of a conversation, as Wireshark and tcpdump show them. */
import type { Tcp } from '../../model/packet.ts';
import { LruMap } from '../../util/lru-map.ts';

/** The most conversations that are remembered; beyond it the one that was silent longest is forgotten. */
const MAX_CONVERSATIONS = 4096;

/** What is 0 in the direction of a sender. */
interface Conversation {
  readonly zeroOf: Map<string, number>;
}

/**
 * @example
 * const numbers = new SequenceNumbers();
 * numbers.relative(packet.tcp, { from: '192.0.2.1', to: '192.0.2.2' }); // { sequence: 0, acknowledgment: 0 } of a SYN
 */
export class SequenceNumbers {
  readonly #conversations = new LruMap<string, Conversation>(MAX_CONVERSATIONS);

  /** The numbers of a segment relative to the first that was seen of its conversation. */
  relative(tcp: Tcp, { from, to }: { from: string; to: string }) {
    const sender = `${from} ${tcp.sourcePort}`;
    const receiver = `${to} ${tcp.destinationPort}`;
    const { zeroOf } = this.#conversation(sender, receiver);
    const { sequenceNumber, acknowledgmentNumber, flags } = tcp;
    const known = zeroOf.get(sender);
    if (flags.syn && known !== sequenceNumber) {
      zeroOf.set(sender, sequenceNumber);
      // The ports are used again: what the other side sent before is of an earlier connection.
      if (!flags.ack) zeroOf.delete(receiver);
    } else if (known === undefined) {
      // The SYN was not seen. It took the number 0, so the first byte has 1.
      zeroOf.set(sender, sequenceNumber - 1);
    }
    if (flags.ack && !zeroOf.has(receiver)) zeroOf.set(receiver, acknowledgmentNumber - 1);
    return {
      sequence: (sequenceNumber - (zeroOf.get(sender) ?? 0)) >>> 0,
      acknowledgment: flags.ack ? (acknowledgmentNumber - (zeroOf.get(receiver) ?? 0)) >>> 0 : 0,
      relativeTo: (number: number) => (number - (zeroOf.get(receiver) ?? 0)) >>> 0,
    };
  }

  #conversation(sender: string, receiver: string): Conversation {
    const key = sender < receiver ? `${sender} ${receiver}` : `${receiver} ${sender}`;
    const known = this.#conversations.get(key);
    if (known) return known;
    const begun = { zeroOf: new Map<string, number>() };
    this.#conversations.set(key, begun);
    return begun;
  }
}
