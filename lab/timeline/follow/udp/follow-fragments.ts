import type { Context } from '../../known/context.ts';
import { datagramKey } from '../../packets/packet-key.ts';
import type { ConversationRecord } from '../../records/conversation-record.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** Only the first fragment of a datagram has its ports: the others join its conversation. What is no fragment is left alone. */
export function followFragment({ fragments }: Context, record: PacketRecord): void {
  const key = datagramKey(record.packet);
  if (key === undefined) return;
  if (record.packet.udp && record.conversation) {
    for (const other of fragments.know(key, record.conversation)) join(other, record.conversation);
    return;
  }
  const conversation = fragments.find(key);
  if (conversation) join(record, conversation);
  else fragments.wait(key, record);
}

function join(record: PacketRecord, conversation: ConversationRecord): void {
  record.assignTo(conversation);
  conversation.countPacket(record.began);
}
