/**
 * What a call means in its conversation: which packets it makes the kernel send, and which packets let it return.
 *
 *     socket ─▶ connect ─▶ write … read ─▶ close      one descriptor of one process: a socket
 *                  │ SYN      │ bytes  │ bytes │ FIN
 *                  ▼          ▼        ▼       ▼
 *                        a conversation
 */

import { bytesGiven, bytesOf, isReceive, isSend } from '../../../model/call-facts.ts';
import type { CallEvent, Endpoint } from '../../../model/event.ts';
import { type Context, directionOf } from '../../known/context.ts';
import { isSpecified, plain } from '../../packets/endpoints.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { complete } from '../../records/complete.ts';
import { firstArrival } from '../../records/first-arrival.ts';
import { link } from '../../records/links.ts';
import type { Socket } from '../../records/socket.ts';
import { onEnd, onSendAfterClose } from '../tcp/follow-fin.ts';
import { conversationWith } from '../udp/follow-reads.ts';
import { followSend } from '../udp/follow-udp.ts';
import { onAcceptReturned } from './follow-accept.ts';
import { onConnect, reportsFailedConnect } from './follow-connect.ts';
import { followPresent, inherit } from './follow-present.ts';

/** Calls of a socket that wait for its conversation. */
const EARLY_MAX = 32;

/** To be called when a call begins, in time order. */
export function followCall(context: Context, record: CallRecord): void {
  const { call } = record;
  // What `accept` is made on has no conversation; what it returns has.
  if (call.call === 'accept' && call.stage !== 'present') return;
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  record.setSocket(socket);
  if (call.call === 'connect' && call.peer) socket.remote = plain(call.peer);
  context.errors.onCall(record.network, socket);
  // Its descriptor may be reused at once.
  if (call.call === 'close') context.sockets.end(call);
  if (call.call === 'listen') onListen(context, record, socket);
  onSetOption(call, socket);
  if (isShutdownOfReceiving(call)) socket.receivingEndedNs ??= record.beganNs;
  followOnSocket(context, record, socket);
}

/** To be called once more, if the conversation of its socket became known since. */
function followOnSocket(context: Context, record: CallRecord, socket: Socket): void {
  const { call } = record;
  join(context, record, socket);
  const { conversation } = record;
  if (call.stage === 'present') followPresent(context, record, socket);
  else if (call.call === 'connect') onConnect(context, record, socket);
  else if (isSend(call)) onSend(context, record, socket);
  else if (conversation && (call.call === 'close' || isShutdownOfSending(call)))
    onEnd(context, record, conversation);
}

function onListen({ conversations, sockets }: Context, record: CallRecord, socket: Socket): void {
  sockets.onListen(record.call);
  const port = record.call.socket?.local?.port ?? record.call.peer?.port ?? socket.local?.port;
  if (port) conversations.knowServer(record.network, port);
}

function isShutdownOfSending(call: CallEvent): boolean {
  if (call.call !== 'shutdown') return false;
  const { how } = call.arguments;
  return how === 'SHUT_WR' || how === 'SHUT_RDWR';
}

function onSetOption(call: CallEvent, socket: Socket): void {
  if (call.call !== 'setsockopt' || call.error !== undefined) return;
  const { option, value } = call.arguments;
  if (option === 'SO_LINGER' && value?.kind === 'linger')
    socket.isAbortive = value.isOn && value.seconds === 0;
  if ((option === 'IP_RECVERR' || option === 'IPV6_RECVERR') && value?.kind === 'number')
    socket.asksForErrors = value.number !== 0;
}

function isShutdownOfReceiving(call: CallEvent): boolean {
  if (call.call !== 'shutdown' || call.error !== undefined) return false;
  const { how } = call.arguments;
  return how === 'SHUT_RD' || how === 'SHUT_RDWR';
}

/** A call belongs to the conversation of its socket, and waits while that is not known. */
function join(context: Context, record: CallRecord, socket: Socket): void {
  const { conversations } = context;
  const { local, remote, protocol } = socket;
  const reported = record.call.socket;
  if (protocol && remote && local && isSpecified(local)) {
    // It may have been taken for another one with the same peer.
    if (socket.conversation === undefined || (reported?.local && reported.remote))
      socket.conversation =
        conversations.find({ protocol, from: local, to: remote }) ?? socket.conversation;
  } else if (socket.conversation === undefined && protocol && remote) {
    if (record.call.call !== 'connect')
      socket.conversation = conversations.findByPeer(protocol, record.network, remote);
  }
  const { accept } = socket;
  if (accept && socket.conversation) {
    socket.accept = undefined;
    socket.conversation.isAccepted = true;
    accept.supplement({ peer: socket.conversation.client });
    accept.assignTo(socket.conversation);
    complete(firstArrival(socket.conversation.thirdAck), accept);
  }
  if (socket.conversation) {
    record.assignTo(socket.conversation);
    inherit(context, record, socket);
  } else if (!socket.isListening && socket.early.length < EARLY_MAX) socket.early.push(record);
}

function onSend(context: Context, record: CallRecord, socket: Socket): void {
  const { call, conversation } = record;
  const peer = call.peer ?? socket.remote;
  if (socket.protocol === 'udp') {
    followSend(context, record, peer);
    return;
  }
  // A call that still waits for room has given the kernel some of its bytes by now.
  const bytes = bytesOf(call) ?? bytesGiven(call);
  if (conversation?.protocol === 'tcp' && bytes > 0) {
    const { tcp } = directionOf(context, record, conversation);
    onSendAfterClose(tcp, record);
    for (const segment of tcp.write(record, bytes)) link(record, 'caused', segment);
  }
}

/** Into the conversation with the peer, whichever address of the host it uses. */
function joinByPeer(context: Context, record: CallRecord, peer: Endpoint): void {
  const found = conversationWith(context, record, peer);
  if (found) record.assignTo(found);
}

/** To be called when a call has returned, in time order. */
export function followReturn(context: Context, record: CallRecord): void {
  const { call, socket } = record;
  // A program that knows of the failure may try again.
  if (socket && reportsFailedConnect(record)) socket.connect = undefined;
  if (call.call === 'accept') {
    for (const early of onAcceptReturned(context, record))
      if (early.socket) followOnSocket(context, early, early.socket);
  } else if (isReceive(call) && call.peer && socket?.protocol === 'udp') {
    joinByPeer(context, record, call.peer);
  } else if (isSend(call) && record.conversation) {
    directionOf(context, record, record.conversation).tcp.rewrite(record, bytesOf(call) ?? 0);
  }
}
