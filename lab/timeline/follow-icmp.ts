import type { Packet } from '../model/packet.ts';
import { assign, beganAt, type Context, directionFrom } from './context.ts';
import type { ConversationDraft } from './conversation-draft.ts';
import type { PacketDraft } from './draft.ts';
import { type Ends, quotedEndsOf } from './ends.ts';
import { link } from './links.ts';

/** RFC 792 and RFC 4443, section 3.1: destination unreachable, and of its codes the one that is about the port. */
const UNREACHABLE = 3;
const UNREACHABLE_PORT = 3;
const UNREACHABLE_V6 = 1;
const UNREACHABLE_PORT_V6 = 4;

/** Puts an ICMP error to the conversation and the packet that it is about. Nothing is done with another message. */
export function followIcmp(context: Context, draft: PacketDraft): void {
  const ends = quotedEndsOf(draft.packet);
  const conversation = ends && context.conversations.find(ends);
  if (ends === undefined || conversation === undefined) return;
  assign(context, draft, conversation);
  conversation.packets += 1;
  conversation.error = draft;
  if (isRefusal(draft.packet, conversation)) conversation.state = 'refused';
  context.conversations.touch(conversation, beganAt(draft));
  const about = packetAbout(draft.packet, conversation, ends);
  if (about) link(context.ledger, draft, 'reports', about);
  if (ends.protocol === 'udp') context.errors.come(context, draft, ends);
}

export function isPortUnreachable({ icmp, icmpv6 }: Packet): boolean {
  if (icmp) return icmp.type === UNREACHABLE && icmp.code === UNREACHABLE_PORT;
  return icmpv6?.type === UNREACHABLE_V6 && icmpv6.code === UNREACHABLE_PORT_V6;
}

function isRefusal(packet: Packet, { protocol, state, packets }: ConversationDraft): boolean {
  if (protocol === 'tcp') return state === 'opening';
  // That of a datagram after others were answered is a server's that has gone: refused as well, from now on.
  return isPortUnreachable(packet) && packets > 0;
}

function packetAbout(error: Packet, conversation: ConversationDraft, { from }: Ends) {
  const { tcp, sent } = directionFrom(conversation, from);
  const quoted = (error.icmp ?? error.icmpv6)?.quoted;
  if (conversation.protocol === 'udp') {
    const id = quoted?.ipv4?.identification;
    const isIt = ({ packet }: PacketDraft) =>
      id === undefined || packet.ipv4?.identification === id;
    return sent.findLast(isIt) ?? sent.at(-1);
  }
  const offset = tcp.offsetOf(quoted?.tcp?.sequenceNumber ?? 0);
  return tcp.segments(offset, offset + 1).at(-1) ?? tcp.syn;
}
