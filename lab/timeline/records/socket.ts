import type { Endpoint } from '../../model/event.ts';
import type { CallRecord } from './call-record.ts';
import type { ConversationRecord } from './conversation-record.ts';

/** A socket from the call that made it to `close`. */
export interface Socket {
  protocol?: 'tcp' | 'udp' | undefined;
  local?: Endpoint | undefined;
  remote?: Endpoint | undefined;
  isListening: boolean;
  /** `close` ends its connection with RST (socket(7), SO_LINGER). */
  isAbortive?: boolean;
  /** It has a queue of its errors (ip(7), IP_RECVERR). */
  asksForErrors?: boolean;
  /** When its own program shut down receiving. */
  receivingEndedNs?: number | undefined;
  conversation?: ConversationRecord | undefined;
  /** The `accept` that returned it, while its peer is not known. */
  accept?: CallRecord | undefined;
  /** The `connect` that is in progress, or has succeeded. */
  connect?: CallRecord | undefined;
  /** Its state when its trace began, until its conversation has taken that over. */
  present?: CallRecord | undefined;
  /** Its calls before its conversation was known. */
  readonly early: CallRecord[];
}
