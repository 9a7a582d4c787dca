import { endpointText } from '../../model/endpoint-text.ts';
import type { Endpoint } from '../../model/event.ts';
import { datagramSizes, messagesOf, type PartialMessage } from '../../model/messages.ts';
import { plain } from '../packets/endpoints.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { WaitingLists } from './waiting-lists.ts';

/** A message that a call gave to the kernel, and how many of its datagrams have left. */
export interface Sending {
  readonly call: CallRecord;
  /** Which message of the call. */
  readonly at: number;
  taken: number;
}

export function messageOf({ call, at }: Sending): PartialMessage {
  return messagesOf(call.call)[at] ?? {};
}

/** Calls that wait for the datagrams that they made the kernel send, and datagrams that wait for their call. */
export class Sendings {
  readonly #sendings = new WaitingLists<Sending>(({ call }) => call.isForgotten);
  readonly #datagrams = new WaitingLists<PacketRecord>(({ isForgotten }) => isForgotten);

  /** A call waits for its datagrams: one for each of its messages, or several. */
  add(call: CallRecord, peer: Endpoint | undefined): void {
    for (const [at, message] of messagesOf(call.call).entries()) {
      const to = message.peer ?? peer;
      if (to) this.#sendings.add(keyOf(call.network, plain(to)), { call, at, taken: 0 });
    }
  }

  /** The oldest one that may have sent a datagram. */
  find(host: string, to: Endpoint, is: (sending: Sending) => boolean): Sending | undefined {
    return this.#sendings.find(keyOf(host, to), is);
  }

  /** One of its datagrams has left: after the last one, it waits no longer. */
  take(sending: Sending, to: Endpoint): void {
    sending.taken += 1;
    if (sending.taken < (datagramSizes(messageOf(sending))?.length ?? 1)) return;
    this.#sendings.take(keyOf(sending.call.network, to), (one) => one === sending);
  }

  /** A datagram waits for its call, which has not been reported yet. */
  addDatagram(datagram: PacketRecord, to: Endpoint): void {
    this.#datagrams.add(keyOf(datagram.from, to), datagram);
  }

  /** A datagram to this peer that waited for its call, and was sent by this one; it waits no longer. */
  takeDatagram(
    { network, beganNs }: CallRecord,
    to: Endpoint,
    is: (datagram: PacketRecord) => boolean,
  ): PacketRecord | undefined {
    return this.#datagrams.take(
      keyOf(network, plain(to)),
      (datagram) => datagram.began.ns >= beganNs && is(datagram),
    );
  }
}

function keyOf(host: string, to: Endpoint): string {
  return `${host} ${endpointText(to)}`;
}
