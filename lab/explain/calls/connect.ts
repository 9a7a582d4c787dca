/** What `connect` does (connect(2); RFC 9293, section 3.5). */
import { isDissolving } from '../../model/call-facts.ts';
import { isLoopback } from '../../timeline/packets/addresses.ts';
import type { CallStep } from '../../timeline/step.ts';
import { took } from '../phrases.ts';
import { errorText } from './error.ts';
import { presentSentence } from './present.ts';

export function connectSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.stage === 'present') return presentSentence(step);
  if (isDissolving(call))
    return `${host}'s \`connect\` with AF_UNSPEC dissolves the association of its socket, which then has no peer. Nothing is sent.`;
  if (step.protocol === 'udp') {
    return `${host}'s \`connect\` only records the peer's address: UDP has no handshake, so nothing is sent.`;
  }
  if (step.finding === 'already-in-progress') return pendingSentence(step);
  if (staysInside(step))
    return `${host}'s \`connect\` connects to ${host} itself: the packets stay inside the host, where they are not captured.`;
  const cause = `${host}'s \`connect\` makes the kernel send SYN`;
  if (call.error === 'EINPROGRESS') {
    return `${cause} and returns at once with EINPROGRESS. That is not a failure: the socket is non-blocking, and the handshake goes on without the call.`;
  }
  if (call.stage !== 'returned') return `${cause} and waits for SYN-ACK.`;
  return `${cause}; the call returns when SYN-ACK arrives${took(call)}.`;
}

/** The kernel restarts the call that a program waits in when its trace begins, which makes it visible (signal(7), SA_RESTART). */
function pendingSentence({ host, call }: CallStep): string {
  const waits = `${host} was already waiting in \`connect\` when the trace began`;
  if (call.stage !== 'returned') return `${waits}, and still waits for SYN-ACK.`;
  return `${waits}; the call returns when SYN-ACK arrives${took(call)}.`;
}

/** Another way to learn what became of a non-blocking `connect` (connect(2), EALREADY and EISCONN). */
export function secondConnectSentence({ host, call }: CallStep): string {
  const asks = `${host} asks with another \`connect\` what became of the first`;
  const answer =
    call.error === undefined || call.error === 'EISCONN'
      ? 'the socket is connected'
      : errorText(call.error);
  if (call.stage !== 'returned') return `${asks}. It sends nothing, and waits for the answer.`;
  return `${asks}: ${answer}. It sends nothing.`;
}

/** Its peer is an address of its own host. */
function staysInside({ call, finding }: CallStep): boolean {
  return finding === 'peer-is-own-host' || isLoopback(call.peer?.address ?? '');
}
