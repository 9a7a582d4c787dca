import type { CallEvent } from '../../model/event.ts';
import { previewOf } from '../../util/preview.ts';
import { callOf } from './call-of.ts';
import { BPF_CALLS } from './calls.ts';
import { errorName } from './names.ts';
import type { CallRecord } from './record.ts';

/** What a record does not tell. */
interface Known {
  readonly host: string;
  readonly id: number;
  readonly process: CallEvent['process'];
}

/** A call that waits or has returned, as an event. */
export function eventOf(record: CallRecord, { host, id, process }: Known): CallEvent {
  const { kind, atNs, result, tookNs } = record;
  const hasReturned = kind === 'returned';
  const direction = directionOf(record);
  const socket = socketOf(record);
  const peer = peerOf(record);
  return {
    kind: 'call',
    atNs: `${atNs}`,
    host,
    id,
    ...callOf(record),
    stage: hasReturned ? 'returned' : 'waiting',
    process,
    ...(socket && { socket }),
    ...(direction && { direction }),
    ...(hasReturned && result >= 0 && transferred(record, direction)),
    ...(peer && { peer }),
    ...(hasReturned && (result >= 0 ? { result } : { error: errorName(-result) })),
    ...(hasReturned && { tookNs }),
  };
}

function directionOf({ call, arguments: [from], socket }: CallRecord) {
  if (BPF_CALLS[call]?.name !== 'splice') return undefined;
  return from === socket?.fd ? 'in' : 'out';
}

function socketOf({ socket }: CallRecord): CallEvent['socket'] {
  if (socket === undefined) return undefined;
  const { fd, protocol, local, remote, segmentBytes } = socket;
  return {
    fd,
    protocol,
    ...(local && { local }),
    ...(remote && { remote }),
    ...(segmentBytes > 0 && { segmentBytes }),
  };
}

function transferred(record: CallRecord, direction: 'in' | 'out' | undefined) {
  const { data, messages, segmentBytes, result } = record;
  const { way, system = '' } = BPF_CALLS[record.call] ?? {};
  if (way === undefined && direction === undefined) return undefined;
  const isSeveral = system.endsWith('mmsg');
  const bytes = isSeveral ? messages.reduce((sum, one) => sum + one.bytes, 0) : result;
  return {
    data: { bytes, preview: previewOf(data) },
    ...(isSeveral && { messages }),
    ...(segmentBytes > 0 && { segmentBytes }),
  };
}

/** The address that a call names, or has returned. The sender of a datagram is known only when it has come. */
function peerOf({ call, kind, peer, messages, result }: CallRecord) {
  const { system = '', way } = BPF_CALLS[call] ?? {};
  if (system.endsWith('mmsg')) return messages[0]?.peer;
  const isIncoming = way === 'in' || system.startsWith('accept');
  return isIncoming && (kind === 'waiting' || result < 0) ? undefined : peer;
}
