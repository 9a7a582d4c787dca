import type { CallEvent } from '../../model/event.ts';
import { SYSTEM_CALLS } from '../../model/system-calls.ts';
import { previewOf } from '../../util/preview.ts';
import { callOf } from './call-of.ts';
import { errorName } from './names.ts';
import type { CallRecord } from './record.ts';

/** What a record does not tell. */
interface Known {
  readonly host: string;
  readonly id: number;
  readonly process: CallEvent['process'];
}

type Draft = { -readonly [Name in keyof CallEvent]?: CallEvent[Name] };

/** A call that waits or has returned, as an event. */
export function eventOf(record: CallRecord, { host, id, process }: Known): CallEvent {
  const { kind, atNs, result, tookNs } = record;
  const { call, arguments: given } = callOf(record);
  const stage = kind === 'returned' ? 'returned' : 'waiting';
  const event: Draft = { kind: 'call', atNs: `${atNs}`, host, id, call, arguments: given, stage };
  event.process = process;
  set(event, 'socket', socketOf(record));
  set(event, 'direction', directionOf(record));
  set(event, 'peer', peerOf(record));
  if (stage === 'waiting') return event as CallEvent;
  event.tookNs = tookNs;
  if (result < 0) event.error = errorName(-result);
  else {
    setTransferred(event, record);
    event.result = result;
  }
  return event as CallEvent;
}

/** What is not known is missing, so that an event is the same before and after JSON. */
function set<Name extends keyof Draft>(event: Draft, name: Name, value: Draft[Name]): void {
  if (value !== undefined) event[name] = value;
}

function directionOf({ call, arguments: [from], socket }: CallRecord) {
  if (SYSTEM_CALLS[call]?.name !== 'splice') return undefined;
  return from === socket?.fd ? 'in' : 'out';
}

type Socket = NonNullable<CallEvent['socket']>;

function socketOf({ socket }: CallRecord): Socket | undefined {
  if (socket === undefined) return undefined;
  const { fd, protocol, local, remote, segmentBytes } = socket;
  const known: { -readonly [Name in keyof Socket]: Socket[Name] } = { fd, protocol };
  if (local) known.local = local;
  if (remote) known.remote = remote;
  if (segmentBytes > 0) known.segmentBytes = segmentBytes;
  return known;
}

function setTransferred(event: Draft, record: CallRecord): void {
  const { data, messages, segmentBytes, result } = record;
  const { way, system = '' } = SYSTEM_CALLS[record.call] ?? {};
  if (way === undefined && event.direction === undefined) return;
  const isSeveral = system.endsWith('mmsg');
  const bytes = isSeveral ? messages.reduce((sum, one) => sum + one.bytes, 0) : result;
  event.data = { bytes, preview: previewOf(data) };
  if (isSeveral) event.messages = messages;
  if (segmentBytes > 0) event.segmentBytes = segmentBytes;
}

/** The address that a call names, or has returned. The sender of a datagram is known only when it has come. */
function peerOf({ call, kind, peer, messages, result }: CallRecord) {
  const { system = '', way } = SYSTEM_CALLS[call] ?? {};
  if (system.endsWith('mmsg')) return messages[0]?.peer;
  const isIncoming = way === 'in' || system.startsWith('accept');
  return isIncoming && (kind === 'waiting' || result < 0) ? undefined : peer;
}
