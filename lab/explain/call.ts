/** What a socket call does (POSIX.1-2024; the Linux manual's socket(7), tcp(7), udp(7)). */

import { asksForError, errorTold, isDissolving, isReceive, isSend } from '../model/call-facts.ts';
import { endpointText } from '../model/endpoint-text.ts';
import { type CallStep, linkedStep } from '../timeline/step.ts';
import { argumentsText } from './call-arguments.ts';
import { errorSentence, errorWords, saidByIcmp } from './error.ts';
import { presentSentence } from './present.ts';
import { receiveSentence, sendSentence } from './transfer.ts';
import { took } from './words.ts';

export function callSentence(step: CallStep): string {
  const { call } = step;
  if (step.waitedUntilNs)
    return `${step.host}'s \`${call.call}\` has waited for more than a second: nothing has come for it yet.`;
  if (call.call === 'io_uring') return ringSentence(step);
  if (step.finding === 'repeated-connect') return secondConnectSentence(step);
  if (call.error !== undefined && call.error !== 'EINPROGRESS') return errorSentence(step);
  if (isSend(call)) return sendSentence(step);
  if (isReceive(call)) return receiveSentence(step);
  switch (call.call) {
    case 'socket':
      return `${step.host} makes a ${protocolName(step)}socket. Nothing is sent yet.`;
    case 'bind':
      return bindSentence(step);
    case 'listen':
      return listenSentence(step);
    case 'accept':
      return acceptSentence(step);
    case 'connect':
      return connectSentence(step);
    case 'shutdown':
      return shutdownSentence(step);
    case 'close':
      return closeSentence(step);
    case 'getsockopt':
      return optionSentence(step);
    default:
      return `${step.host} sets an option of its socket: ${argumentsText(call)}.`;
  }
}

/** io_uring(7). */
function ringSentence({ host, call }: CallStep): string {
  const since = call.stage === 'present' ? ' since before the trace began' : '';
  const name = call.process.name ?? `Process ${call.process.pid}`;
  return `${name} at ${host} uses io_uring${since}: what it does with sockets through that is no system call, so none is told here. Its packets are.`;
}

function protocolName({ protocol }: CallStep): string {
  return protocol ? `${protocol.toUpperCase()} ` : '';
}

function addressOf({ call }: CallStep): string {
  const address = call.socket?.local ?? call.peer;
  return address ? endpointText(address) : argumentsText(call);
}

function bindSentence(step: CallStep): string {
  const { host, call } = step;
  const address = addressOf(step);
  if (call.stage === 'present')
    return `${host}'s socket was already bound to ${address} when the trace began.`;
  if ((call.socket?.local ?? call.peer)?.port === 0)
    return `${host} binds its socket to port 0: its kernel chooses a port that is free.`;
  return `${host} binds its socket to ${address}: what comes to this port is for it.`;
}

function listenSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.stage === 'present') {
    return `${host} was already listening at ${addressOf(step)} when the trace began.`;
  }
  return `${host} listens: from now on its kernel answers each SYN with SYN-ACK by itself, as long as its queue of connections has room.`;
}

function acceptSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.stage === 'present') return presentSentence(step);
  if (call.stage !== 'returned') return `${host} waits in \`accept\` for a connection.`;
  const from = call.peer ? ` from ${endpointText(call.peer)}` : '';
  const ack = linkedStep(step, 'completed-by', 'packet');
  const isThird = ack?.part === 'third-ack';
  const which = isThird
    ? 'the third ACK arrived'
    : 'a later packet arrived, as the third ACK had not';
  const when = ack ? ` It was complete when ${which}.` : '';
  return `${host}'s \`accept\` returns a new socket for the connection${from}.${when}`;
}

function connectSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.stage === 'present') return presentSentence(step);
  if (isDissolving(call))
    return `${host}'s \`connect\` with AF_UNSPEC dissolves the association of its socket: it has no peer any more. Nothing is sent.`;
  if (step.protocol === 'udp') {
    return `${host}'s \`connect\` only notes the peer's address: UDP has no handshake, nothing is sent.`;
  }
  if (step.finding === 'already-in-progress') return pendingSentence(step);
  if (staysInside(step))
    return `${host}'s \`connect\` asks for a connection with ${host} itself: its packets stay inside the host, where they are not captured.`;
  const cause = `${host}'s \`connect\` makes the kernel send SYN`;
  if (call.error === 'EINPROGRESS') {
    return `${cause} and returns at once with EINPROGRESS. That is no failure: the socket does not block, and the handshake goes on without the call.`;
  }
  if (call.stage !== 'returned') return `${cause} and waits for SYN-ACK.`;
  return `${cause}; the call returns when SYN-ACK arrives${took(call)}.`;
}

/** The call that a program waits in as its trace begins is made anew by the kernel, and so is seen (signal(7), SA_RESTART). */
function pendingSentence({ host, call }: CallStep): string {
  const waits = `${host} was already waiting in \`connect\` when the trace began`;
  if (call.stage !== 'returned') return `${waits}, and waits on for SYN-ACK.`;
  return `${waits}; the call returns when SYN-ACK arrives${took(call)}.`;
}

/** Also in this way a program learns what became of a `connect` that did not wait (connect(2), EALREADY and EISCONN). */
function secondConnectSentence({ host, call }: CallStep): string {
  const asks = `${host} asks with another \`connect\` what became of its first one`;
  const answer =
    call.error === undefined || call.error === 'EISCONN'
      ? 'the socket is connected'
      : errorWords(call.error);
  if (call.stage !== 'returned') return `${asks}. It sends nothing, and waits for the answer.`;
  return `${asks}: ${answer}. It sends nothing.`;
}

/** RFC 1122, section 3.2.1.3; RFC 4291, section 2.5.3; or an address of its own. */
function staysInside({ call, finding }: CallStep): boolean {
  const address = call.peer?.address.replace(/^::ffff:/i, '') ?? '';
  return finding === 'peer-is-own-host' || /^127\.|^::1$/.test(address);
}

/** SO_ERROR is how a program learns what became of a `connect` that did not wait (connect(2), EINPROGRESS). */
function optionSentence(step: CallStep): string {
  const { host, call } = step;
  if (!asksForError(call))
    return `${host} asks for an option of its socket: ${argumentsText(call)}.`;
  if (step.protocol === 'udp') return waitingErrorSentence(step);
  const came = linkedStep(step, 'completed-by', 'packet')?.packet.tcp?.flags;
  const asks = `${host} asks what became of its \`connect\` (SO_ERROR)`;
  if (came?.rst) return `${asks}: RST came back.`;
  if (came) return `${asks}: SYN-ACK has come, so the socket is connected.`;
  const error = errorTold(call);
  return `${asks}. The answer: ${error === undefined ? 'nothing went wrong' : errorWords(error)}.`;
}

/** A socket over UDP has no handshake to ask for: what waits there is an ICMP error. */
function waitingErrorSentence(step: CallStep): string {
  const asks = `${step.host} asks whether an error waits at its socket (SO_ERROR)`;
  const error = errorTold(step.call);
  if (error === undefined) return `${asks}: none does.`;
  const message = linkedStep(step, 'completed-by', 'packet');
  return `${asks}, and takes it: ${errorWords(error)}.${message ? ` ${saidByIcmp(message)}` : ''}`;
}

function shutdownSentence(step: CallStep): string {
  const { host, call } = step;
  if (step.isListening) return stopSentence(step);
  const how = call.call === 'shutdown' ? call.arguments.how : undefined;
  if (how !== 'SHUT_WR' && how !== 'SHUT_RDWR')
    return `${host} will not receive any more on this socket. Nothing is sent.`;
  const isBoth = how === 'SHUT_RDWR';
  const who = isBoth
    ? `${host} will neither send nor receive any more`
    : `${host} will send no more`;
  if (step.protocol === 'udp') return `${who} on this socket. UDP has no FIN: nothing is sent.`;
  const before = endedBefore(step);
  if (before) return `${who}. ${before}, so nothing is sent now.`;
  const half = isBoth ? '' : ' It can still receive: a half-close.';
  return `${who}: its kernel sends FIN behind the last byte.${half}`;
}

/** Only the receiving half of it means something; Linux says so with EINVAL to an `accept` that waits. */
function stopSentence({ host, call }: CallStep): string {
  if (call.call === 'shutdown' && call.arguments.how === 'SHUT_WR')
    return `${host}'s socket listens, and never sends: nothing changes.`;
  return `${host} stops listening: an \`accept\` that waits fails, and SYN is answered with RST from now on. No FIN is sent, as this socket has no peer.`;
}

function closeSentence(step: CallStep): string {
  const { host } = step;
  const sent = linkedStep(step, 'caused', 'packet')?.packet.tcp?.flags;
  if (sent?.rst)
    return `${host} closes its socket. Its kernel sends RST in place of FIN, as bytes were left unread, or SO_LINGER asks for it.`;
  if (sent?.fin)
    return `${host} closes its socket: its kernel sends FIN, as no more bytes will follow.`;
  if (step.finding === 'not-last-descriptor')
    return `${host} closes its copy of the socket's descriptor. Another process, or another descriptor, still has the socket: nothing is sent.`;
  const before = endedBefore(step);
  if (before) return `${host} closes its socket. ${before}, so nothing is sent now.`;
  if (step.isListening)
    return `${host} closes its descriptor of the socket that listens. When no other process has that open, its kernel answers SYN with RST.`;
  if (step.conversation === undefined || step.protocol !== 'tcp')
    return `${host} closes its socket.`;
  return `${host} closes its descriptor. When no other process has the socket open, its kernel sends FIN.`;
}

/** Why it makes the kernel send no FIN. */
function endedBefore({ finding }: CallStep): string | undefined {
  if (finding === 'fin-already-sent') return 'FIN was sent before';
  return finding === 'rst-already-received' ? 'RST came before' : undefined;
}
