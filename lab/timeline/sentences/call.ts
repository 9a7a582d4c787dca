/** What a socket call does (POSIX.1-2024; the Linux manual's socket(7), tcp(7), udp(7)). */
import { asksForConnect, isReceive, isSend } from '../calls.ts';
import type { CallDraft } from '../draft.ts';
import { endpointText } from '../ends.ts';
import { linked } from '../links.ts';
import { errorSentence } from './error.ts';
import { receiveSentence, sendSentence } from './transfer.ts';
import { took } from './words.ts';

export function callSentence(draft: CallDraft): string {
  const { call } = draft;
  if (call.error !== undefined && call.error !== 'EINPROGRESS') return errorSentence(draft);
  if (isSend(call)) return sendSentence(draft);
  if (isReceive(call)) return receiveSentence(draft);
  switch (call.call) {
    case 'socket':
      return `${draft.host} makes a ${nameOf(draft)}socket. Nothing is sent yet.`;
    case 'bind':
      return `${draft.host} binds its socket to ${addressOf(draft)}: what comes to this port is for it.`;
    case 'listen':
      return listenSentence(draft);
    case 'accept':
      return acceptSentence(draft);
    case 'connect':
      return connectSentence(draft);
    case 'shutdown':
      return shutdownSentence(draft);
    case 'close':
      return closeSentence(draft);
    case 'getsockopt':
      return optionSentence(draft);
    default:
      return `${draft.host} sets an option of its socket: ${call.arguments}.`;
  }
}

function nameOf({ call, socket }: CallDraft): string {
  const protocol = call.socket?.protocol ?? socket?.protocol;
  return protocol ? `${protocol.toUpperCase()} ` : '';
}

function addressOf({ call }: CallDraft): string {
  const address = call.socket?.local ?? call.peer;
  return address ? endpointText(address) : call.arguments;
}

function listenSentence(draft: CallDraft): string {
  const { host, call } = draft;
  if (call.stage === 'present') {
    return `${host} was already listening at ${addressOf(draft)} when the trace began.`;
  }
  return `${host} listens: from now on its kernel answers each SYN with SYN-ACK by itself.`;
}

function acceptSentence(draft: CallDraft): string {
  const { host, call } = draft;
  if (call.stage !== 'returned') return `${host} waits in \`accept\` for a connection.`;
  const from = call.peer ? ` from ${endpointText(call.peer)}` : '';
  const ack = linked(draft, 'completed by', 'packet');
  const when = ack ? ' It was complete when the third ACK arrived.' : '';
  return `${host}'s \`accept\` returns a new socket for the connection${from}.${when}`;
}

function connectSentence(draft: CallDraft): string {
  const { host, call, socket } = draft;
  if ((call.socket?.protocol ?? socket?.protocol) === 'udp') {
    return `${host}'s \`connect\` only notes the peer's address: UDP has no handshake, nothing is sent.`;
  }
  const cause = `${host}'s \`connect\` makes the kernel send SYN`;
  if (call.error === 'EINPROGRESS') {
    return `${cause} and returns at once: the handshake goes on without it (EINPROGRESS).`;
  }
  if (call.stage !== 'returned') return `${cause} and waits for SYN-ACK.`;
  return `${cause}; the call returns when SYN-ACK arrives${took(call)}.`;
}

function optionSentence(draft: CallDraft): string {
  const { host, call } = draft;
  const answer = linked(draft, 'completed by', 'packet')?.packet.tcp?.flags;
  if (!asksForConnect(call)) return `${host} looks at an option of its socket: ${call.arguments}.`;
  const asks = `${host} asks what became of its \`connect\``;
  if (answer?.rst) return `${asks}: RST came back.`;
  return answer ? `${asks}: SYN-ACK has come, so the socket is connected.` : `${asks}.`;
}

function shutdownSentence(draft: CallDraft): string {
  const { host, call } = draft;
  const isSending = /SHUT_(WR|RDWR)/.test(call.arguments);
  if (!isSending) return `${host} will not receive any more on this socket. Nothing is sent.`;
  if (draft.finding)
    return `${host} will send no more. FIN was sent before, so nothing is sent now.`;
  const half = call.arguments.includes('SHUT_WR') ? ' It can still receive: a half-close.' : '';
  return `${host} will send no more: its kernel sends FIN behind the last byte.${half}`;
}

function closeSentence(draft: CallDraft): string {
  const { host } = draft;
  const sent = linked(draft, 'caused', 'packet')?.packet.tcp?.flags;
  if (sent?.rst) {
    return `${host} closes its socket with bytes unread, so its kernel sends RST in place of FIN.`;
  }
  if (sent?.fin)
    return `${host} closes its socket: its kernel sends FIN, as no more bytes will follow.`;
  if (draft.finding)
    return `${host} closes its socket. FIN was sent before, so nothing is sent now.`;
  return `${host} closes its socket.`;
}
