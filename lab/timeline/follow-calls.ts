/**
 * What a call means in its conversation: which packets it makes the kernel send, and which packets let it return.
 *
 *     socket ─▶ connect ─▶ write … read ─▶ close      one descriptor of one process: a socket
 *                  │ SYN      │ bytes  │ bytes │ FIN
 *                  ▼          ▼        ▼       ▼
 *                        a conversation
 */
import type { CallEvent, Endpoint } from '../model/event.ts';
import {
  asksForConnect,
  bytesGiven,
  bytesOf,
  isDissolving,
  isFailure,
  isReceive,
  isSend,
} from './calls.ts';
import { complete } from './complete.ts';
import { assign, type Context, directionOf } from './context.ts';
import type { CallDraft } from './draft.ts';
import { ends, keepsOpen } from './follow-ends.ts';
import { followPresent, inherit } from './follow-present.ts';
import { conversationWith } from './follow-reads.ts';
import { adopt } from './follow-syn.ts';
import { followSend } from './follow-udp.ts';
import { link } from './links.ts';
import { isSpecified, plain, type Socket } from './sockets.ts';

/** Calls of a socket that wait for its conversation. */
const EARLY_MAX = 32;

/** To be called when a call begins, in the order of time. */
export function followCall(context: Context, draft: CallDraft): void {
  const { call } = draft;
  // What `accept` is made on has no conversation; what it returns has.
  if (call.call === 'accept' && call.stage !== 'present') return;
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  draft.socket = socket;
  if (call.call === 'connect' && call.peer) socket.remote = plain(call.peer);
  context.errors.use(draft.network, socket);
  // Its number may be given to another at once.
  if (call.call === 'close') context.sockets.end(call);
  if (call.call === 'listen') listens(context, draft, socket);
  if (call.call === 'setsockopt') setsOption(call, socket);
  if (isShutdownOfReceiving(call)) socket.receivingEndedNs ??= draft.beganNs;
  join(context, draft, socket);
  const { conversation } = draft;
  if (call.stage === 'present') followPresent(context, draft, socket);
  else if (call.call === 'connect') connects(context, draft, socket);
  else if (isSend(call)) sends(context, draft, socket);
  else if (conversation && (call.call === 'close' || isShutdownOfSending(call)))
    ends(context, draft, conversation);
}

function listens({ conversations, sockets }: Context, draft: CallDraft, socket: Socket): void {
  sockets.listens(draft.call);
  const port = draft.call.socket?.local?.port ?? draft.call.peer?.port ?? socket.local?.port;
  if (port) conversations.knowServer(draft.network, port);
}

function isShutdownOfSending(call: CallEvent): boolean {
  return call.call === 'shutdown' && /SHUT_(WR|RDWR)/.test(call.arguments);
}

function setsOption({ arguments: words, error }: CallEvent, socket: Socket): void {
  if (error !== undefined) return;
  if (words.startsWith('SO_LINGER')) socket.isAbortive = /, on, 0 s$/.test(words);
  if (/^IP(V6)?_RECVERR,/.test(words)) socket.asksForErrors = !words.endsWith(', 0');
}

function isShutdownOfReceiving({ call, arguments: how, error }: CallEvent): boolean {
  return call === 'shutdown' && /SHUT_(RD|RDWR)/.test(how) && error === undefined;
}

/** A call belongs to the conversation of its socket; while that is not known it waits for it. */
function join(context: Context, draft: CallDraft, socket: Socket): void {
  const { conversations } = context;
  const { local, remote, protocol } = socket;
  const told = draft.call.socket;
  if (protocol && remote && local && isSpecified(local)) {
    // Another one with the same peer is not it.
    if (socket.conversation === undefined || (told?.local && told.remote))
      socket.conversation =
        conversations.find({ protocol, from: local, to: remote }) ?? socket.conversation;
  } else if (socket.conversation === undefined && protocol && remote) {
    if (draft.call.call !== 'connect')
      socket.conversation = conversations.findByPeer(protocol, draft.network, remote);
  }
  const { accept } = socket;
  if (accept && socket.conversation) {
    socket.accept = undefined;
    accept.call = { peer: socket.conversation.client, ...accept.call };
    assign(context, accept, socket.conversation);
    complete(context, socket.conversation.thirdAck, accept);
  }
  if (socket.conversation) {
    assign(context, draft, socket.conversation);
    inherit(context, draft, socket);
  } else if (!socket.isListening && socket.early.length < EARLY_MAX) socket.early.push(draft);
}

function connects(context: Context, draft: CallDraft, socket: Socket): void {
  const { peer } = draft.call;
  if (isDissolving(draft.call)) dissolve(draft, socket);
  if (peer === undefined || socket.protocol === 'udp') return;
  const { address, port } = plain(peer);
  const peerName = context.hosts.nameOf(address);
  context.conversations.knowServer(peerName, port);
  if (asksHowFirstWent(draft, socket)) {
    draft.finding = 'asks how the first went';
    return;
  }
  if (socket.connect?.call.stage === 'present') {
    draft.finding = 'was under way';
    return;
  }
  if (peerName === draft.network) draft.finding = 'peer is the host itself';
  socket.connect = draft;
  const begun = context.connects.takeConversation(draft, peer);
  if (begun) adopt(context, draft, begun);
}

/** As long as a first one is under way, or has succeeded, another one sends nothing (connect(2), EALREADY and EISCONN). */
function asksHowFirstWent({ call: { error } }: CallDraft, { connect }: Socket): boolean {
  if (error === 'EALREADY' || error === 'EISCONN') return true;
  return goOn.has(connect?.call.error ?? '') && error !== 'EINPROGRESS';
}

/** With these the handshake goes on without the call (connect(2)). */
const goOn: ReadonlySet<string> = new Set(['EINPROGRESS', 'EINTR']);

/** It has no peer any more, and with none it belongs to no conversation (connect(2)). */
function dissolve(draft: CallDraft, socket: Socket): void {
  if (draft.call.error === undefined)
    socket.remote = socket.conversation = socket.connect = undefined;
}

function sends(context: Context, draft: CallDraft, socket: Socket): void {
  const { call, conversation } = draft;
  const peer = call.peer ?? socket.remote;
  if (socket.protocol === 'udp') {
    followSend(context, draft, peer);
    return;
  }
  // One that still waits for room has given its kernel a part by now.
  const bytes = bytesOf(call) ?? bytesGiven(call);
  if (conversation?.protocol === 'tcp' && bytes > 0) {
    const { tcp } = directionOf(context, draft, conversation);
    keepsOpen(context, tcp, draft);
    for (const segment of tcp.write(draft, bytes)) link(context.ledger, draft, 'caused', segment);
  }
}

/** The conversation of what came from a peer, to whichever address of the host. */
function joinByPeer(context: Context, draft: CallDraft, peer: Endpoint): void {
  const found = conversationWith(context, draft, peer);
  if (found) assign(context, draft, found);
}

/** To be called when a call has returned, in the order of time. */
export function followReturn(context: Context, draft: CallDraft): void {
  const { call, socket } = draft;
  // Who has been told that it failed may try anew.
  if (socket && tellsThatConnectFailed(draft)) socket.connect = undefined;
  if (call.call === 'accept') {
    accepted(context, draft);
  } else if (isReceive(call) && call.peer && socket?.protocol === 'udp') {
    joinByPeer(context, draft, call.peer);
  } else if (isSend(call) && draft.conversation) {
    directionOf(context, draft, draft.conversation).tcp.rewrite(draft, bytesOf(call) ?? 0);
  }
}

function tellsThatConnectFailed({ call, finding }: CallDraft): boolean {
  if (asksForConnect(call)) return !/^SO_ERROR(, 0)?$/.test(call.arguments);
  return finding === 'asks how the first went' && isFailure(call) && call.error !== 'EISCONN';
}

function accepted(context: Context, draft: CallDraft): void {
  const { call } = draft;
  const { conversations } = context;
  if (call.error !== undefined || call.socket === undefined) return;
  // The descriptor is a new one, whatever was known of its number.
  context.sockets.end(call);
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  draft.socket = socket;
  if (call.peer) socket.remote ??= plain(call.peer);
  const { local, remote } = socket;
  if (remote === undefined) {
    socket.accept = draft;
    return;
  }
  const isWhole = local !== undefined && isSpecified(local);
  const conversation = isWhole
    ? conversations.find({ protocol: 'tcp', from: remote, to: local })
    : conversations.findByPeer('tcp', draft.network, remote);
  if (conversation === undefined) return;
  socket.conversation = conversation;
  socket.protocol = 'tcp';
  assign(context, draft, conversation);
}
