/**
 * What a call means in its conversation: which packets it makes the kernel send, and which packets let it return.
 *
 *     socket ─▶ connect ─▶ write … read ─▶ close      one descriptor of one process: a socket
 *                  │ SYN      │ bytes  │ bytes │ FIN
 *                  ▼          ▼        ▼       ▼
 *                        a conversation
 */
import type { CallEvent, Endpoint } from '../event.ts';
import { bytesOf, isReceive, isSend } from './calls.ts';
import { assign, type Context, directionFrom, opposite } from './context.ts';
import type { ConversationDraft, Direction } from './conversation-draft.ts';
import type { CallDraft } from './draft.ts';
import { datagramBytes } from './follow-udp.ts';
import { link } from './links.ts';
import { isSpecified, plain, type Socket } from './sockets.ts';

/** Calls of a socket that wait for its conversation. */
const EARLY_MAX = 32;

/** To be called when a call begins, in the order of time. */
export function followCall(context: Context, draft: CallDraft): void {
  const { call } = draft;
  // What `accept` is made on has no conversation; what it returns has.
  if (call.call === 'accept') return;
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  draft.socket = socket;
  if (call.call === 'connect' && call.peer) socket.remote = plain(call.peer);
  if (call.call === 'listen') listens(context, draft, socket);
  join(context, draft, socket);
  const { conversation } = draft;
  if (call.call === 'connect' && call.peer && socket.protocol !== 'udp')
    connects(context, draft, call.peer);
  else if (isSend(call)) sends(context, draft, socket);
  else if (conversation && (call.call === 'close' || isShutdownOfSending(call)))
    ends(context, draft, conversation);
}

/** To be called when it has returned, in the order of time. */
export function followReturn(context: Context, draft: CallDraft): void {
  const { call } = draft;
  draft.isReturnFollowed = true;
  const { socket } = draft;
  if (call.call === 'accept') accepted(context, draft);
  else if (socket) returned(context, draft, socket);
}

function returned(context: Context, draft: CallDraft, socket: Socket): void {
  const { call } = draft;
  if (isReceive(call) && call.peer && socket.protocol === 'udp')
    joinByPeer(context, draft, call.peer);
  const { conversation } = draft;
  if (call.call === 'close') context.sockets.end(call);
  if (call.error !== undefined && call.error !== 'EINPROGRESS') failed(context, draft);
  if (conversation === undefined) return;
  const direction = directionOf(context, draft, conversation);
  if (call.call === 'connect') connected(context, draft, conversation);
  else if (isSend(call)) direction.tcp.rewrite(draft, bytesOf(call) ?? 0);
  else if (isReceive(call)) received(context, draft, opposite(conversation, direction));
}

function listens({ conversations }: Context, draft: CallDraft, socket: Socket): void {
  socket.isListening = true;
  const port = draft.call.socket?.local?.port ?? draft.call.peer?.port ?? socket.local?.port;
  if (port) conversations.knowServer(draft.host, port);
}

function isShutdownOfSending(call: CallEvent): boolean {
  return call.call === 'shutdown' && /SHUT_(WR|RDWR)/.test(call.arguments);
}

/** A call belongs to the conversation of its socket; while that is not known it waits for it. */
function join(context: Context, draft: CallDraft, socket: Socket): void {
  const { conversations } = context;
  const { local, remote, protocol } = socket;
  const told = draft.call.socket;
  if (local && remote && protocol && isSpecified(local) && told?.local && told.remote) {
    const ends = { protocol, from: local, to: remote };
    socket.conversation = conversations.find(ends) ?? socket.conversation;
  }
  if (socket.conversation === undefined && protocol && remote && draft.call.call !== 'connect') {
    socket.conversation = conversations.findByPeer(protocol, draft.host, remote);
  }
  if (socket.conversation) assign(context, draft, socket.conversation);
  else if (!socket.isListening && socket.early.length < EARLY_MAX) socket.early.push(draft);
}

function connects(
  { sockets, conversations, hosts }: Context,
  draft: CallDraft,
  peer: Endpoint,
): void {
  const { address, port } = plain(peer);
  conversations.knowServer(hosts.nameOf(address), port);
  sockets.waitForSyn(draft, peer);
}

function sends(context: Context, draft: CallDraft, socket: Socket): void {
  const { call, conversation } = draft;
  const peer = call.peer ?? socket.remote;
  if (socket.protocol === 'udp') {
    if (peer) context.sockets.waitForDatagram(draft, peer);
    return;
  }
  const bytes = bytesOf(call) ?? 0;
  if (conversation?.protocol === 'tcp' && bytes > 0) {
    directionOf(context, draft, conversation).tcp.write(draft, bytes);
  }
}

function ends(context: Context, draft: CallDraft, conversation: ConversationDraft): void {
  if (conversation.protocol !== 'tcp') return;
  const { tcp } = directionOf(context, draft, conversation);
  if (tcp.fin) draft.finding = 'FIN was sent before';
  else tcp.closing ??= draft;
}

/** The conversation of what came from a peer, to whichever address of the host. */
function joinByPeer(context: Context, draft: CallDraft, peer: Endpoint): void {
  const { conversations, hosts } = context;
  const from = plain(peer);
  const port = draft.socket?.local?.port ?? 0;
  for (const address of hosts.addressesOf(draft.host)) {
    const found = conversations.find({ protocol: 'udp', from, to: { address, port } });
    if (found === undefined) continue;
    assign(context, draft, found);
    return;
  }
  const found = conversations.findByPeer('udp', draft.host, from);
  if (found && draft.conversation === undefined) assign(context, draft, found);
}

function accepted(context: Context, draft: CallDraft): void {
  const { call } = draft;
  const { ledger, conversations } = context;
  if (call.error !== undefined || call.socket === undefined) return;
  // The descriptor is a new one, whatever was known of its number.
  context.sockets.end(call);
  const socket = context.sockets.of(call);
  if (socket === undefined) return;
  draft.socket = socket;
  if (call.peer) socket.remote ??= plain(call.peer);
  const { local, remote } = socket;
  if (remote === undefined) return;
  const isWhole = local !== undefined && isSpecified(local);
  const conversation = isWhole
    ? conversations.find({ protocol: 'tcp', from: remote, to: local })
    : conversations.findByPeer('tcp', draft.host, remote);
  if (conversation === undefined) return;
  socket.conversation = conversation;
  socket.protocol = 'tcp';
  assign(context, draft, conversation);
  if (conversation.thirdAck) link(ledger, conversation.thirdAck, 'completed', draft);
}

function connected(context: Context, draft: CallDraft, { synAck }: ConversationDraft): void {
  if (synAck && draft.call.error === undefined) link(context.ledger, synAck, 'completed', draft);
}

/** The error of a call is what came in from the network before. */
function failed({ ledger, sockets }: Context, draft: CallDraft): void {
  const { call, conversation } = draft;
  if (call.call === 'connect' && call.peer) sockets.forgetConnect(draft, call.peer);
  if (!networkErrors.has(call.error ?? '')) return;
  if (conversation?.error) link(ledger, conversation.error, 'completed', draft);
}

/** errno names of what a peer or a router has said (connect(2), tcp(7), udp(7)). */
const networkErrors: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EMSGSIZE',
]);

function received({ ledger }: Context, draft: CallDraft, direction: Direction): void {
  const { call, conversation } = draft;
  if (call.error !== undefined || call.arguments.includes('MSG_PEEK')) return;
  const bytes = bytesOf(call) ?? 0;
  if (conversation?.protocol === 'udp') {
    const { unread } = direction;
    const at = unread.findIndex((datagram) => datagramBytes(datagram) === bytes);
    const [datagram] = unread.splice(Math.max(at, 0), 1);
    if (datagram) link(ledger, datagram, 'completed', draft);
    return;
  }
  const { latestFin } = direction.tcp;
  if (bytes === 0 && latestFin) link(ledger, latestFin, 'completed', draft);
  for (const segment of direction.tcp.read(bytes)) link(ledger, segment, 'completed', draft);
}

/** The direction in which the caller sends. */
function directionOf(
  { hosts }: Context,
  draft: CallDraft,
  conversation: ConversationDraft,
): Direction {
  const { client, server, toServer, toClient } = conversation;
  const local = draft.socket?.local;
  if (local && isSpecified(local)) return directionFrom(conversation, local);
  const isServer = hosts.nameOf(server.address) === draft.host;
  return isServer && hosts.nameOf(client.address) !== draft.host ? toClient : toServer;
}
