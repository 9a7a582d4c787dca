/** What a host's socket already was when its trace began (RFC 9293, section 3.3.2; the Linux manual's udp(7)). */
import { endpointText } from '../../model/endpoint-text.ts';
import type { TcpState } from '../../model/event.ts';
import type { CallStep } from '../../timeline/step.ts';
import { bytesText } from '../phrases.ts';

/** A socket that has a peer: who accepted the connection and who made it looks the same afterwards. */
export function presentSentence(step: CallStep): string {
  const { host, call, protocol } = step;
  const peer = call.peer ? endpointText(call.peer) : 'a peer';
  if (protocol === 'udp')
    return `${host}'s socket already had ${peer} as its peer when the trace began. With UDP that is only a note: nothing was sent for it.`;
  const { state = 'ESTABLISHED' } = call;
  if (state === 'SYN-SENT')
    return `${host} was already asking ${peer} for a connection when the trace began: its kernel had sent SYN, and had no answer yet (SYN-SENT).`;
  if (state === 'SYN-RECEIVED')
    return `A SYN from ${peer} had already come to ${host} when the trace began, and its kernel waited for the third ACK (SYN-RECEIVED).`;
  const how = ways[state]?.(host);
  const was = how === undefined ? '' : `. ${how} (${state})`;
  return `${host} was already connected to ${peer} when the trace began${was}.${queuesText(step)}`;
}

const ways: Readonly<Partial<Record<TcpState, (host: string) => string>>> = {
  'CLOSE-WAIT': (host) =>
    `The peer's FIN had come by then; ${host} can still send, until its program closes the socket`,
  'FIN-WAIT-1': (host) => `${host} had sent FIN by then, and no ACK of it had come yet`,
  'FIN-WAIT-2': (host) =>
    `${host}'s FIN had been sent and acknowledged by then; the peer can still send`,
  CLOSING: (host) => `Both had sent FIN by then, and the ACK of ${host}'s had not come yet`,
  'LAST-ACK': (host) =>
    `The peer's FIN had come by then, and ${host} had sent its own, whose ACK had not come yet`,
};

function queuesText({ call: { unreadBytes = 0, unacknowledgedBytes = 0 } }: CallStep): string {
  const unread =
    unreadBytes > 0 ? ` ${bytesText(unreadBytes)} had come that its program had not read.` : '';
  const waiting =
    unacknowledgedBytes > 0
      ? ` ${bytesText(unacknowledgedBytes)} that its program had given were not acknowledged.`
      : '';
  return `${unread}${waiting}`;
}
