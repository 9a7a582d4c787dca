import type { Tcp } from '../../../model/packet.ts';
import type { Context } from '../../known/context.ts';
import type { ConversationRecord, Direction } from '../../records/conversation-record.ts';
import type { PacketRecord } from '../../records/packet-record.ts';

/** A segment in one direction of its connection. */
export interface Segment {
  readonly context: Context;
  readonly conversation: ConversationRecord;
  readonly direction: Direction;
  readonly record: PacketRecord;
  readonly tcp: Tcp;
  readonly length: number;
}
