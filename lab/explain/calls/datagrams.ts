/** How many datagrams one call sent or received (udp(7): UDP_SEGMENT and UDP_GRO). */

import { messagesLeft } from '../../model/call-facts.ts';
import type { CallEvent } from '../../model/event.ts';
import { datagramCount, datagramSizes, messagesOf } from '../../model/messages.ts';
import type { CallStep } from '../../timeline/step.ts';
import { bytesText } from '../phrases.ts';

/** `one datagram of 5 bytes`, `10 datagrams of 1200 bytes each`, `3 datagrams of 12 bytes together` */
export function sentDatagrams(call: CallEvent, size: string): string {
  const count = datagramCount(call);
  if (count === 1) return `one datagram of ${size}`;
  const each = eachOf(call);
  return each ? `${count} datagrams of ${each}` : `${count} datagrams of ${size} together`;
}

/** Empty where each datagram is one that the program gave. */
export function cutSentence(call: CallEvent): string {
  const messages = messagesOf(call);
  const isCut = datagramCount(call) > messages.length;
  if (!isCut) return '';
  const what = messages.length === 1 ? bytesText(messages[0]?.bytes ?? 0) : 'some';
  return ` The program gave its kernel ${what} at once, to be cut into datagrams (UDP_SEGMENT).`;
}

/** Empty where each message was sent. */
export function unsentMessages({ call, finding }: CallStep): string {
  const left = messagesLeft(call);
  if (left === 0) return '';
  const why =
    finding === 'error-not-reported' ? ': an ICMP error for an earlier one stopped the call' : '';
  const them = left === 1 ? 'other message was' : `other ${left} messages were`;
  return ` The ${them} never sent${why}.`;
}

/** Empty where it received one. */
export function gotSeveral(call: CallEvent, bytes: number): string {
  const count = datagramCount(call);
  if (count === 1) return '';
  const each = eachOf(call);
  return each
    ? `receives ${count} datagrams at once, of ${each}: its socket takes them in one piece (UDP_GRO).`
    : `receives ${count} datagrams, of ${bytesText(bytes)} together.`;
}

/** Of one message that is cut. */
function eachOf(call: CallEvent): string | undefined {
  const [message, ...others] = messagesOf(call);
  const sizes = (message && others.length === 0 && datagramSizes(message)) || [];
  const [first = 0, last = 0] = [sizes[0], sizes.at(-1)];
  if (sizes.length < 2) return undefined;
  return first === last
    ? `${bytesText(first)} each`
    : `${bytesText(first)} each, the last of ${last}`;
}
