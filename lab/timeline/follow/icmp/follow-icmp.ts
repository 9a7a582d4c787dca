import type { Packet } from '../../../model/packet.ts';
import type { Context } from '../../known/context.ts';
import { type FiveTuple, quotedFiveTupleOf } from '../../packets/five-tuple.ts';
import { isPortUnreachable } from '../../packets/icmp-error.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import { link } from '../../records/links.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** Assigns an ICMP error to the conversation, and links it with the packet, that it is about. Other messages are left alone. */
export function followIcmp(context: Context, record: PacketRecord): void {
  const tuple = quotedFiveTupleOf(record.packet);
  const conversation = tuple && context.conversations.find(tuple);
  if (tuple === undefined || conversation === undefined) return;
  record.assignTo(conversation);
  conversation.error = record;
  if (isRefusal(record.packet, conversation)) conversation.enter('refused');
  conversation.countPacket(record.began);
  const about = packetAbout(record.packet, conversation, tuple);
  if (about) link(record, 'reports', about);
  if (tuple.protocol === 'udp') context.errors.arrive(record, tuple);
}

function isRefusal(packet: Packet, { protocol, state }: ConversationRecord): boolean {
  if (protocol === 'tcp') return state === 'opening';
  // Also after datagrams that were answered: then the server has gone.
  return isPortUnreachable(packet);
}

function packetAbout(error: Packet, conversation: ConversationRecord, { from }: FiveTuple) {
  const { tcp, sent } = conversation.directionFrom(from);
  const quoted = (error.icmp ?? error.icmpv6)?.quoted;
  if (conversation.protocol === 'udp') {
    const id = quoted?.ipv4?.identification;
    const isIt = ({ packet }: PacketRecord) =>
      id === undefined || packet.ipv4?.identification === id;
    return sent.findLast(isIt) ?? sent.at(-1);
  }
  const offset = tcp.offsetOf(quoted?.tcp?.sequenceNumber ?? 0);
  return tcp.segments(offset, offset + 1).at(-1) ?? tcp.syn;
}
