import type { Tcp } from '../model/packet.ts';
import type { Context } from './context.ts';
import type { ConversationDraft, Direction } from './conversation-draft.ts';
import type { PacketDraft } from './draft.ts';

/** A segment on its way in a direction of its connection. */
export interface Segment {
  readonly context: Context;
  readonly conversation: ConversationDraft;
  readonly direction: Direction;
  readonly draft: PacketDraft;
  readonly tcp: Tcp;
  readonly length: number;
}
