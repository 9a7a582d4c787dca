import type { CallName } from '../../model/call.ts';
import { isSend } from '../../model/call-facts.ts';
import { quotedFiveTupleOf } from '../../timeline/packets/five-tuple.ts';
import { type CallStep, type LinkedPacket, linkedStep } from '../../timeline/step.ts';
import { duration } from '../../util/duration.ts';

/** A non-blocking socket answers sooner, even under a trace; what took longer had a timeout (socket(7)). */
const TIME_LIMIT_NS = 10e6;

/** `ECONNREFUSED: nothing listens at that port` */
export function errorText(error: string, call?: CallName): string {
  const isAccept = call === 'accept' && error === 'ECONNABORTED';
  const reason = isAccept ? 'the connection was gone before it was accepted' : reasons[error];
  return reason === undefined ? error : `${error}: ${reason}`;
}

/** Why a call fails with an error: connect(2), send(2), recv(2), bind(2), tcp(7), udp(7) of the Linux manual. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: 'the program has no permission, as for a low port or a broadcast address',
  EADDRINUSE: 'the address and port are in use',
  EADDRNOTAVAIL: 'the host has no such address, or no free port',
  EAFNOSUPPORT: 'the socket is of another address family',
  EALREADY: 'an earlier `connect` is still in progress',
  EBADF: 'the descriptor is not open',
  ECONNABORTED: 'the connection was ended on this host, not by the peer',
  ECONNREFUSED: 'nothing listens at that port',
  ECONNRESET: "the peer's RST has ended the connection",
  EDESTADDRREQ: 'the socket has no peer',
  EHOSTUNREACH: 'no host answers at that address',
  EINTR: 'a signal interrupted it',
  EISCONN: 'the socket is already connected',
  EMFILE: 'the process has too many files open',
  EMSGSIZE: 'the datagram is too long',
  ENETUNREACH: 'the host has no route to that network',
  ENOTCONN: 'the socket is not connected',
  EPIPE:
    'nothing can be sent on the connection: it was shut down for sending, or the peer has reset it',
  ETIMEDOUT: 'the peer did not answer in time, although the kernel tried again and again',
};

export function errorSentence(step: CallStep): string {
  const { host, call } = step;
  const error = call.error ?? '';
  const fails = `${host}'s \`${call.call}\` fails with ${errorText(error, call.call)}`;
  if (error === 'EAGAIN') return againSentence(step);
  const message = linkedStep(step, 'completed-by', 'packet');
  if (message?.packet.tcp && error === 'ECONNREFUSED') return `${fails}, so RST came back.`;
  if (message?.packet.icmp ?? message?.packet.icmpv6)
    return `${fails}. ${saidByIcmp(message)}${unsent(step)}`;
  const waited = error === 'ETIMEDOUT' && call.tookNs ? ` It waited ${duration(call.tookNs)}.` : '';
  return `${fails}.${waited}${unsent(step)}`;
}

/** Which earlier packet the error was for. */
export function saidByIcmp({ packet }: LinkedPacket): string {
  const port = quotedFiveTupleOf(packet)?.to.port;
  return `An ICMP error for an earlier packet${port ? ` to port ${port}` : ''} said so.`;
}

/** A datagram is sent whole or not at all (send(2)). */
function unsent({ call, protocol }: CallStep): string {
  return protocol === 'udp' && isSend(call) ? ' Its own message was never sent.' : '';
}

function againSentence({ host, call }: CallStep): string {
  const who = `${host}'s \`${call.call}\``;
  const { tookNs = 0 } = call;
  if (tookNs < TIME_LIMIT_NS)
    return `${who} returns at once with EAGAIN: it would have to wait, and the socket is non-blocking.`;
  return `${who} gives up after ${duration(tookNs)} with EAGAIN: the socket's timeout (SO_RCVTIMEO, SO_SNDTIMEO) has expired.`;
}
