/** What a step is apart from its links: all that the steps linked with it show of it, too. */
import type { CallRecord } from '../records/call-record.ts';
import { lineBytes, packetsOnLine } from '../records/line.ts';
import type { PacketRecord } from '../records/packet-record.ts';
import { repeatCauseOf } from '../records/repeat-cause.ts';
import { resetOf } from '../records/reset-of.ts';
import type { StepRecord } from '../records/step-record.ts';
import { windowBytes } from '../records/window-bytes.ts';
import type { LinkedCall, LinkedPacket, LinkedStep } from '../step.ts';

/** The same value until something has changed. */
export function linkedStepOf(record: CallRecord | PacketRecord): LinkedStep {
  record.linkedValue ??= record.kind === 'call' ? callOf(record) : packetOf(record);
  return record.linkedValue;
}

/** What steps of every kind have. */
export function baseOf({ id, atNs, endNs, host, conversation }: StepRecord) {
  return {
    id,
    atNs,
    host,
    ...(endNs !== undefined && { endNs }),
    ...(conversation && { conversation: conversation.id }),
  };
}

function callOf(record: CallRecord): LinkedCall {
  const { kind, call, conversation, finding, socket } = record;
  const protocol = call.socket?.protocol ?? socket?.protocol ?? conversation?.protocol;
  return {
    ...baseOf(record),
    kind,
    call,
    ...(protocol && { protocol }),
    ...(socket?.isListening && { isListening: true }),
    ...(socket?.isAbortive && { isAbortive: true }),
    ...(finding && { finding }),
  };
}

function packetOf(record: PacketRecord): LinkedPacket {
  const { kind, from, to, packet, delivery, fates, isRetransmission, part, range, piece } = record;
  return {
    ...baseOf(record),
    kind,
    from,
    to,
    packet,
    delivery,
    fates,
    isRetransmission,
    ...sightOf(record),
    ...(record.isUnexplained && { isUnexplained: true }),
    ...(record.isDropped && { isDropped: true }),
    ...(piece && { piece: { whole: piece.whole, number: piece.at + 1, count: piece.count } }),
    ...(record.explainsOffload && { explainsOffload: true }),
    ...(part && { part }),
    ...(range && { range }),
    ...(record.errorState && { errorState: record.errorState }),
    ...(packet.tcp && segmentOf(record)),
  };
}

/** What was seen of its way, and what is only concluded. */
function sightOf(record: PacketRecord) {
  const { departure, arrival, inferredOutcome, isSightAwaited } = record;
  const isInferred = inferredOutcome === 'arrived' && departure && !arrival && !isSightAwaited;
  return {
    wasSeenLeaving: departure !== undefined,
    wasSeenArriving: arrival !== undefined,
    ...(isInferred && { isArrivalInferred: true as const }),
    ...(record.isFateOmitted && { isFateOmitted: true as const }),
    ...(record.isCutOff && { isCutOff: true as const }),
  };
}

/** What only a segment of TCP has. */
function segmentOf(record: PacketRecord) {
  const { acknowledged, isRetransmission, packet, part } = record;
  const onLine = packetsOnLine(record);
  const repeatCause = isRetransmission ? repeatCauseOf(record) : undefined;
  const room = part === 'window-update' ? windowBytes(record) : undefined;
  return {
    ...(acknowledged !== undefined && { acknowledgedBytes: acknowledged }),
    ...(onLine > 1 && { packetsOnLine: onLine, lineBytes: lineBytes(record) }),
    ...(repeatCause && { repeatCause }),
    ...(room !== undefined && { windowBytes: room }),
    ...(packet.tcp?.flags.rst && { reset: resetOf(record) }),
  };
}
