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
  /** The `accept` that made it, as long as it is not known for whom. */
  accept?: CallRecord | undefined;
  /** The `connect` that began what is still going on, or has succeeded. */
  connect?: CallRecord | undefined;
  /** What it was when its trace began, until its conversation knows of that. */
  present?: CallRecord | undefined;
  /** What was done with it before its conversation was known. */
  readonly early: CallRecord[];
}
