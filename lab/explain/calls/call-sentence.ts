/** What a socket call does (POSIX.1-2024; the Linux manual's socket(7), tcp(7), udp(7)). */

import { isReceive, isSend } from '../../model/call-facts.ts';
import { endpointText } from '../../model/endpoint-text.ts';
import { type CallStep, linkedStep } from '../../timeline/step.ts';
import { argumentsText } from './call-arguments.ts';
import { closeSentence, shutdownSentence } from './close.ts';
import { connectSentence, secondConnectSentence } from './connect.ts';
import { errorSentence } from './error.ts';
import { optionSentence } from './option.ts';
import { presentSentence } from './present.ts';
import { receiveSentence, sendSentence } from './transfer.ts';

export function callSentence(step: CallStep): string {
  const { call } = step;
  if (step.waitedUntilNs)
    return `${step.host}'s \`${call.call}\` has been waiting for more than a second: nothing has arrived for it yet.`;
  if (call.call === 'io_uring') return ringSentence(step);
  if (step.finding === 'repeated-connect') return secondConnectSentence(step);
  if (call.error !== undefined && call.error !== 'EINPROGRESS') return errorSentence(step);
  if (isSend(call)) return sendSentence(step);
  if (isReceive(call)) return receiveSentence(step);
  switch (call.call) {
    case 'socket':
      return `${step.host} creates a ${protocolName(step)}socket. Nothing is sent yet.`;
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
    default:
      return optionSentence(step);
  }
}

/** io_uring(7). */
function ringSentence({ host, call }: CallStep): string {
  const since = call.stage === 'present' ? ' since before the trace began' : '';
  const name = call.process.name ?? `Process ${call.process.pid}`;
  return `${name} at ${host} uses io_uring${since}: what it does with sockets that way takes no system call, so that only its packets are shown here.`;
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
    return `${host} binds its socket to port 0: its kernel picks a free port.`;
  return `${host} binds its socket to ${address}: what arrives at this port is for it.`;
}

function listenSentence(step: CallStep): string {
  const { host, call } = step;
  if (call.stage === 'present') {
    return `${host} was already listening at ${addressOf(step)} when the trace began.`;
  }
  return `${host} listens: from now on its kernel answers each SYN with SYN-ACK by itself, as long as the socket's backlog has room.`;
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
    : 'a later packet arrived, because the third ACK had not';
  const when = ack ? ` It was complete when ${which}.` : '';
  return `${host}'s \`accept\` returns a new socket for the connection${from}.${when}`;
}
