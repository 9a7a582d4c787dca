/** What a host's socket already was when its trace began (RFC 9293, section 3.3.2; the Linux manual's udp(7)). */
import { endpointText } from '../../model/endpoint-text.ts';
import type { TcpState } from '../../model/event.ts';
import type { CallStep } from '../../timeline/step.ts';
import { bytesText } from '../phrases.ts';

/** A socket that has a peer: afterwards it looks the same whether it accepted the connection or initiated it. */
export function presentSentence(step: CallStep): string {
  const { host, call, protocol } = step;
  const peer = call.peer ? endpointText(call.peer) : 'a peer';
  if (protocol === 'udp')
    return `${host}'s socket already had ${peer} as its peer when the trace began. UDP only records that: nothing was sent for it.`;
  const { state = 'ESTABLISHED' } = call;
  if (state === 'SYN-SENT')
    return `${host} was already connecting to ${peer} when the trace began: its kernel had sent SYN, and no answer had arrived yet (SYN-SENT).`;
  if (state === 'SYN-RECEIVED')
    return `A SYN from ${peer} had already arrived at ${host} when the trace began, and its kernel was waiting for the third ACK (SYN-RECEIVED).`;
  const how = ways[state]?.(host);
  const was = how === undefined ? '' : `. ${how} (${state})`;
  return `${host} was already connected to ${peer} when the trace began${was}.${queuesText(step)}`;
}

const ways: Readonly<Partial<Record<TcpState, (host: string) => string>>> = {
  'CLOSE-WAIT': (host) =>
    `The peer's FIN had arrived by then; ${host} can still send until its program closes the socket`,
  'FIN-WAIT-1': (host) => `${host} had sent FIN by then, and its ACK had not arrived yet`,
  'FIN-WAIT-2': (host) =>
    `${host}'s FIN had been sent and acknowledged by then; the peer can still send`,
  CLOSING: (host) => `Both had sent FIN by then, and the ACK for ${host}'s had not arrived yet`,
  'LAST-ACK': (host) =>
    `The peer's FIN had arrived by then, and ${host} had sent its own, whose ACK had not arrived yet`,
};

function queuesText({ call: { unreadBytes = 0, unacknowledgedBytes = 0 } }: CallStep): string {
  const unread =
    unreadBytes > 0 ? ` ${bytesText(unreadBytes)} had arrived that its program had not read.` : '';
  const waiting =
    unacknowledgedBytes > 0
      ? ` ${bytesText(unacknowledgedBytes)} that its program had sent were not acknowledged.`
      : '';
  return `${unread}${waiting}`;
}
