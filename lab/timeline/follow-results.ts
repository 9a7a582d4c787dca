/** What let a call return: the packets that brought it what it waited for, or its error. */

import type { Packet } from '../model/packet.ts';
import { asksForConnect, asksForNothing, bytesOf, isReceive } from './calls.ts';
import { complete } from './complete.ts';
import type { Context } from './context.ts';
import { directionOf, opposite } from './context.ts';
import type { ConversationDraft, Direction } from './conversation-draft.ts';
import type { CallDraft, Finding, PacketDraft } from './draft.ts';
import { followReturn } from './follow-calls.ts';
import { tellsError } from './follow-errors.ts';
import { readDatagrams } from './follow-reads.ts';
import { errnoOf } from './icmp-error.ts';
import { isDropped } from './is-dropped.ts';
import { linked } from './links.ts';

/** To be called when all packets are known that came before a call returned. */
export function followResult(context: Context, draft: CallDraft): void {
  draft.isReturnFollowed = true;
  // The time of a return that was waited for is less exact than that of a packet, which may so have come after it.
  if (draft.conversation === undefined) followReturn(context, draft);
  const { call, conversation, socket } = draft;
  if (call.call === 'close' && socket) context.errors.close(context, draft.network, socket);
  if (call.error !== undefined && call.error !== 'EINPROGRESS') {
    failed(context, draft);
    return;
  }
  if (socket?.protocol === 'udp' && tellsError(context, draft)) return;
  if (conversation === undefined) return;
  if (call.call === 'connect' && call.error === undefined)
    complete(context, arrivedSynAck(conversation), draft);
  else if (call.call === 'accept') complete(context, conversation.thirdAck, draft);
  else if (asksForConnect(call) && isUnderWay(conversation.connect))
    complete(context, arrivedSynAck(conversation) ?? conversation.error, draft);
  else if (isReceive(call)) {
    received(context, draft, opposite(conversation, directionOf(context, draft, conversation)));
  }
}

/** The first one that did arrive, of as many as were sent. */
function arrivedSynAck({ synAck }: ConversationDraft): PacketDraft | undefined {
  let found = synAck;
  while (found && (found.passage === 'lost' || isDropped(found)))
    found = linked(found, 'repeated by', 'packet');
  return found;
}

/** Its handshake goes on without the program (connect(2), EINPROGRESS). */
function isUnderWay(connect: CallDraft | undefined): boolean {
  return connect?.call.error === 'EINPROGRESS' || connect?.call.stage === 'present';
}

/** The error of a call is what came in from the network before. */
function failed(context: Context, draft: CallDraft): void {
  const { call, conversation, socket } = draft;
  if (call.call === 'connect' && call.peer) context.connects.forget(draft, call.peer);
  if (socket?.protocol === 'udp')
    complete(context, context.errors.report(context, draft, call.error), draft);
  else if (conversation?.error && isErrorOf(conversation.error.packet, call.error))
    complete(context, conversation.error, draft);
}

/** errno names of what RST makes of a call (connect(2), tcp(7)). */
const resets: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

function isErrorOf(packet: Packet, error = ''): boolean {
  return packet.tcp ? resets.has(error) : errnoOf(packet) === error;
}

function received(context: Context, draft: CallDraft, direction: Direction): void {
  const { call, conversation } = draft;
  if (call.arguments.includes('MSG_PEEK')) return;
  const bytes = bytesOf(call) ?? 0;
  if (conversation?.protocol === 'udp') {
    const isEmpty = bytes === 0 && direction.unread.length === 0;
    if (isEmpty && draft.socket?.receivingEndedNs !== undefined)
      find(context, draft, 'receiving was ended');
    else readDatagrams(context, draft);
    return;
  }
  if (bytes === 0) returnedNothing(context, draft, direction);
  for (const segment of direction.tcp.read(bytes)) complete(context, segment, draft);
}

/** FIN, unless the program itself had ended that before, or asked for no bytes. */
function returnedNothing(context: Context, draft: CallDraft, direction: Direction): void {
  if (asksForNothing(draft.call)) return;
  const { latestFin } = direction.tcp;
  const { receivingEndedNs } = draft.socket ?? {};
  const cameNs = (latestFin?.arrival ?? latestFin?.departure)?.ns ?? Number.POSITIVE_INFINITY;
  if (receivingEndedNs !== undefined && receivingEndedNs <= cameNs)
    find(context, draft, 'receiving was ended');
  else if (direction.tcp.hasEndedBefore) find(context, draft, 'FIN came before');
  else complete(context, latestFin, draft);
}

function find({ ledger }: Context, draft: CallDraft, finding: Finding): void {
  draft.finding = finding;
  ledger.touch(draft);
}
