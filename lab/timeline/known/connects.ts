/**
 * Which `connect` made the kernel send which SYN, whichever of the two is reported first.
 *
 * Where the call's local port is known, that decides; otherwise the time does: SYN is sent during its `connect`, and a call that
 * has returned has nothing to do with a later SYN to the same server.
 */

import { endpointText } from '../../model/endpoint-text.ts';
import type { Endpoint } from '../../model/event.ts';
import { plain } from '../packets/endpoints.ts';
import type { CallRecord } from '../records/call-record.ts';
import type { ConversationRecord } from '../records/conversation-record.ts';
import { ADDRESS_RESOLUTION_NS, TRACE_JITTER_NS } from '../time/tolerances.ts';
import { WaitingLists } from './waiting-lists.ts';

/** Linux gives up a `connect` after sending SYN seven times (tcp(7), tcp_syn_retries): 127 s. */
const CONNECT_MAX_NS = 130e9;

export class Connects {
  readonly #calls = new WaitingLists<CallRecord>(({ isForgotten }) => isForgotten);
  /** Connections whose call is not known. */
  readonly #begun = new WaitingLists<ConversationRecord>(isGone);

  /** The call that began this connection; where it is not known yet, the connection waits for it. */
  takeCall(host: string, conversation: ConversationRecord): CallRecord | undefined {
    const key = keyOf(host, conversation.server);
    const { syn, latestSyn } = conversation.toServer.tcp;
    const found =
      this.#calls.takeLast(key, (call) => isOfPort(call, conversation)) ??
      this.#calls.take(key, (call) => isOn(call, conversation));
    if (found === undefined && syn === latestSyn) this.#begun.add(key, conversation);
    return found;
  }

  /** The connection that a call began; where its SYN is not known yet, the call waits for it. */
  takeConversation(call: CallRecord, peer: Endpoint): ConversationRecord | undefined {
    const key = keyOf(call.network, plain(peer));
    const is = (mayBe: typeof isOn) => (begun: ConversationRecord) => mayBe(call, begun);
    const found = this.#begun.take(key, is(isOfPort)) ?? this.#begun.take(key, is(isOn));
    if (found === undefined) this.#calls.add(key, call);
    return found;
  }

  /** It failed without sending SYN. */
  forget(call: CallRecord, peer: Endpoint): void {
    this.#calls.take(keyOf(call.network, plain(peer)), (other) => other === call);
  }
}

/** An older call from the same port began another connection. */
function isOfPort(call: CallRecord, conversation: ConversationRecord): boolean {
  const afterNs = beganNsOf(conversation) - call.beganNs;
  return portOf(call) === conversation.client.port && afterNs >= 0 && afterNs < CONNECT_MAX_NS;
}

/** Whether a call whose port is not known may have begun it. */
function isOn(record: CallRecord, conversation: ConversationRecord): boolean {
  const { call, beganNs } = record;
  const afterNs = beganNsOf(conversation) - beganNs;
  if (portOf(record) !== undefined || afterNs < 0) return false;
  if (call.stage !== 'returned') return afterNs < CONNECT_MAX_NS;
  return (
    afterNs <=
    (call.tookNs ?? 0) + (call.error === 'EINPROGRESS' ? ADDRESS_RESOLUTION_NS : TRACE_JITTER_NS)
  );
}

function beganNsOf({ toServer, latest }: ConversationRecord): number {
  const { syn } = toServer.tcp;
  return syn ? syn.began.ns : latest.ns;
}

function portOf({ call }: CallRecord): number | undefined {
  return call.socket?.local?.port || undefined;
}

function keyOf(host: string, peer: Endpoint): string {
  return `${host} ${endpointText(peer)}`;
}

function isGone({ isForgotten, isSummedUp, connect }: ConversationRecord): boolean {
  return isForgotten || isSummedUp || connect !== undefined;
}
