/** Finds the call that sent or received the bytes which a check has found to be wrong. Pure. */
import type { CallStep } from '../../lab/index.ts';
import { bytesOf, requestOf } from '../../lab/model/call-facts.ts';
import { linkedStep } from '../../lab/timeline/step.ts';
import type { Finding } from '../check.ts';
import { firstDifference } from '../roles/difference.ts';
import type { Wrong } from '../wrong.ts';
import type { Observed } from './observed.ts';
import {
  arrivalOf,
  conversationsOf,
  endOf,
  receivesOf,
  sendsOf,
  type Transfer,
} from './transfers.ts';

type Bytes = NonNullable<Finding['bytes']>;

export function bytesStep(observed: Observed, bytes: Bytes): Wrong | undefined {
  for (const calls of conversationsOfCheck(observed)) {
    const [sends, receives] = [sendsOf(calls), receivesOf(calls)];
    // A server answers what it has received, so that its own bytes are those it sent.
    const isServer = calls.some(({ call }) => call.call === 'accept') || endOf(sends) > 0;
    const found = isServer
      ? sentStep(bytes, sends, receives)
      : receivedStep(observed, bytes, receives);
    if (found) return found;
  }
  return undefined;
}

/** Those of the check; or of an earlier one, whose conversation it judges. */
function conversationsOfCheck({ calls, beganNs }: Observed): CallStep[][] {
  const all = conversationsOf(calls);
  const own = all.filter((one) => one.some(({ atNs }) => BigInt(atNs) >= beganNs));
  return own.length > 0 ? own : all;
}

function sentStep(
  { expected, received }: Bytes,
  sends: readonly Transfer[],
  receives: readonly Transfer[],
): Wrong | undefined {
  const isDatagram = sends[0]?.step.protocol === 'udp';
  const cut = isDatagram ? receives.map(({ step }) => cutDatagram(step)).find(Boolean) : undefined;
  if (cut) return cut;
  // Each datagram is a message of its own; the check has the last one.
  const own = isDatagram
    ? sends.slice(-1).map(({ step, from, to }) => ({ step, from: 0, to: to - from }))
    : sends;
  const last = own.at(-1);
  const before = firstDifference(expected, received) ?? 0;
  if (last === undefined || endOf(own) !== received.length) return undefined;
  const wrong = own.find(({ from, to }) => from <= before && before < to);
  if (wrong) return { kind: 'wrong-byte', step: wrong.step, before };
  return { kind: 'part-sent', step: last.step, sent: endOf(own), of: expected.length };
}

function cutDatagram(step: CallStep): Wrong | undefined {
  const datagram = linkedStep(step, 'completed-by', 'packet')?.packet;
  const received = bytesOf(step.call) ?? 0;
  const isFull = received > 0 && received === requestOf(step.call).requestedBytes;
  if (!isFull || datagram?.udp === undefined || datagram.payloadLength <= received)
    return undefined;
  return { kind: 'datagram-cut', step, of: datagram.payloadLength };
}

function receivedStep(
  { steps }: Observed,
  { expected: { length } }: Bytes,
  receives: readonly Transfer[],
): Wrong | undefined {
  const last = receives.findLast(({ from, to }) => to > from);
  if (last === undefined) return undefined;
  const { step, to: received } = last;
  if (step.protocol === 'udp')
    return cutDatagram(step) ?? { kind: 'all-received', step, of: received };
  if (received >= length) return { kind: 'all-received', step, of: received };
  const restNs = arrivalOf(steps, step, received);
  return { kind: 'part-received', step, received, of: length, ...(restNs && { restNs }) };
}
