/** The datagrams of a call: one message each, unless the kernel cuts a message up, or keeps several in one piece (udp(7)). */

import { bytesOf, countsMessages, isSend } from './call-facts.ts';
import type { CallEvent, Message } from './event.ts';

/** A message, as far as it is known: `sendmmsg` and `recvmmsg` return how many there were. */
export type PartialMessage = Partial<Message>;

/** What a call sent or received; of one that has not returned yet, what it is given. */
export function messagesOf(event: CallEvent): readonly PartialMessage[] {
  const { messages, peer, socket, result } = event;
  const ofSocket = isSend(event) ? socket?.segmentBytes : undefined;
  if (messages) return messages.map((message) => withSegments(message, ofSocket));
  const of = peer && { peer };
  if (countsMessages(event))
    return Array.from({ length: Math.max(result ?? 1, 1) }, () => ({ ...of }));
  const bytes = bytesOf(event);
  const message = { ...of, ...(bytes !== undefined && { bytes }) };
  return [withSegments(message, event.segmentBytes ?? ofSocket)];
}

function withSegments(message: PartialMessage, segmentBytes: number | undefined): PartialMessage {
  return segmentBytes === undefined ? message : { segmentBytes, ...message };
}

/** How long the datagrams of a message are; `undefined` where that is not known. */
export function datagramSizes({ bytes, segmentBytes = 0 }: PartialMessage): number[] | undefined {
  if (bytes === undefined) return undefined;
  if (segmentBytes === 0 || bytes <= segmentBytes) return [bytes];
  const whole = Array.from({ length: Math.floor(bytes / segmentBytes) }, () => segmentBytes);
  const rest = bytes % segmentBytes;
  return rest === 0 ? whole : [...whole, rest];
}

/** How many datagrams a call sent or received. */
export function datagramCount(event: CallEvent): number {
  const counts = messagesOf(event).map((message) => datagramSizes(message)?.length ?? 1);
  return counts.reduce((sum, count) => sum + count, 0);
}
