/** What let a call return: the packets that brought what it waited for, or its error. */

import {
  asksForError,
  asksForNothing,
  bytesOf,
  isReceive,
  peeks,
} from '../../../model/call-facts.ts';
import type { Packet } from '../../../model/packet.ts';
import type { Context } from '../../known/context.ts';
import { directionOf } from '../../known/context.ts';
import { errnoOf } from '../../packets/icmp-error.ts';
import type { CallRecord } from '../../records/call-record.ts';
import { complete } from '../../records/complete.ts';
import type { Direction } from '../../records/conversation-record.ts';
import { firstArrival } from '../../records/first-arrival.ts';
import { takesError } from '../icmp/follow-errors.ts';
import { readDatagrams } from '../udp/follow-reads.ts';
import { followReturn } from './follow-calls.ts';

/** To be called when all packets are known that came before a call returned. */
export function followResult(context: Context, record: CallRecord): void {
  record.finish();
  // A return is timed less exactly than a packet: the packet that let it return may seem to come after it.
  if (record.conversation === undefined) followReturn(context, record);
  const { call, conversation, socket } = record;
  if (call.call === 'close' && socket) context.errors.onClose(record.network, socket);
  if (call.error !== undefined && call.error !== 'EINPROGRESS') {
    onFailure(context, record);
    return;
  }
  if (socket?.protocol === 'udp' && takesError(context, record)) return;
  if (conversation === undefined) return;
  if (call.call === 'connect' && call.error === undefined)
    complete(firstArrival(conversation.synAck), record);
  else if (call.call === 'accept')
    complete(firstArrival(conversation.thirdAck, conversation.overtakingAck), record);
  else if (asksForError(call) && isInProgress(conversation.connect))
    complete(firstArrival(conversation.synAck) ?? conversation.error, record);
  else if (isReceive(call)) {
    onReceive(context, record, conversation.opposite(directionOf(context, record, conversation)));
  }
}

/** Its handshake continues without the program (connect(2), EINPROGRESS). */
function isInProgress(connect: CallRecord | undefined): boolean {
  return connect?.call.error === 'EINPROGRESS' || connect?.call.stage === 'present';
}

/** A call fails with an error that arrived from the network before. */
function onFailure(context: Context, record: CallRecord): void {
  const { call, conversation, socket } = record;
  if (call.call === 'connect' && call.peer) context.connects.forget(record, call.peer);
  if (socket?.protocol === 'udp') complete(context.errors.report(record, call.error), record);
  else if (conversation?.error && isErrorOf(conversation.error.packet, call.error))
    complete(conversation.error, record);
}

/** What a call fails with after RST (connect(2), tcp(7)). */
const resets: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

function isErrorOf(packet: Packet, error = ''): boolean {
  return packet.tcp ? resets.has(error) : errnoOf(packet) === error;
}

function onReceive(context: Context, record: CallRecord, direction: Direction): void {
  const { call, conversation } = record;
  if (peeks(call)) return;
  const bytes = bytesOf(call) ?? 0;
  if (conversation?.protocol === 'udp') {
    const isEmpty = bytes === 0 && direction.unread.length === 0;
    if (isEmpty && record.socket?.receivingEndedNs !== undefined)
      record.find('receiving-shut-down');
    else readDatagrams(context, record);
    return;
  }
  if (bytes === 0) onNothingRead(record, direction);
  for (const segment of direction.tcp.read(bytes)) complete(segment, record);
}

/** FIN let it return, unless the program itself had shut down receiving, or asked for no bytes. */
function onNothingRead(record: CallRecord, direction: Direction): void {
  if (asksForNothing(record.call)) return;
  const fin = firstArrival(direction.tcp.fin);
  const { receivingEndedNs } = record.socket ?? {};
  const cameNs = (fin?.arrival ?? fin?.departure)?.ns ?? Number.POSITIVE_INFINITY;
  if (receivingEndedNs !== undefined && receivingEndedNs <= cameNs)
    record.find('receiving-shut-down');
  else if (direction.tcp.hasEndedBefore) record.find('fin-already-received');
  else complete(fin, record);
}
