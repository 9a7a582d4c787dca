/** Steps while they grow: what a timeline writes on, and makes values of when they are asked for. */

import type { CallEvent, FateEvent, FaultEvent, HostEvent, LogEvent } from '../../model/event.ts';
import type { Packet } from '../../model/packet.ts';
import type { Socket } from '../known/sockets.ts';
import type { Piece } from '../packets/pieces.ts';
import type { Delivery, Link, Step } from '../step.ts';
import type { ConversationRecord } from './conversation-record.ts';

export interface RecordBase {
  readonly id: number;
  atNs: string;
  /** Where it stands among the others: see `placeOf`. */
  placeNs: number;
  endNs?: string | undefined;
  host: string;
  conversation?: ConversationRecord | undefined;
  readonly links: { to: StepRecord; kind: Link['kind'] }[];
  /** How many it would have more, without those with what was only sent again. */
  linksLeftOut?: number;
  /** That of the timeline when it changed last. */
  revision: number;
  /** As it was asked for last, while nothing has changed since. */
  value?: Step | undefined;
  isForgotten: boolean;
}

/** What a call found, or turned out to be, where the call alone does not tell it. */
export type Finding =
  // No FIN is sent for it, as the connection has ended before.
  | ('fin-already-sent' | 'rst-already-received')
  // Another process, or another descriptor, still had the socket that a `close` was made on.
  | 'not-last-descriptor'
  // A `connect` that asks what became of an earlier one (connect(2), EALREADY and EISCONN).
  | 'repeated-connect'
  | 'peer-is-own-host'
  // What had come, or was in progress, when its trace began.
  | ('already-in-progress' | 'fin-already-received')
  // `sendmmsg` had sent some messages, and does not say why no more (sendmmsg(2)).
  | 'error-not-reported'
  // Its own program had shut down receiving.
  | 'receiving-shut-down';

export interface CallRecord extends RecordBase {
  readonly kind: 'call';
  /** The host whose network its host has, and under whose name its packets are told: itself, unless it shares that of another. */
  readonly network: string;
  call: CallEvent;
  beganNs: number;
  isReturnFollowed: boolean;
  socket?: Socket | undefined;
  finding?: Finding | undefined;
}

/** A packet as one capture saw it. */
export interface Observation {
  readonly ns: number;
  readonly atNs: string;
  readonly host: string;
  readonly packet: Packet;
  /** That of all its observations. */
  readonly key: string;
  /** Tells apart what has the same key. */
  readonly fingerprint: string;
  /** Orders what was seen in one nanosecond. */
  readonly tie: string;
  readonly piece?: Piece;
  record?: PacketRecord | undefined;
}

/** What a packet is in its conversation, where its own header does not tell. */
export type PacketPart =
  | ('third-ack' | 'refusal' | 'duplicate-ack' | 'ack-of-fin')
  // Answers to what comes too late: a copy of what is there already, a packet of a connection that is over.
  | ('answer-to-copy' | 'answer-after-end')
  | ('keep-alive' | 'window-probe' | 'window-update');

/** What became of an ICMP error at the socket over UDP that it is for, as far as that is traced. */
export type ErrorState = 'not-reported' | 'waiting' | 'reported' | 'replaced' | 'closed';

export interface PacketRecord extends RecordBase {
  readonly kind: 'packet';
  departure?: Observation | undefined;
  arrival?: Observation | undefined;
  fates: readonly FateEvent[];
  /** Host names, or addresses where no host has them. */
  from: string;
  to: string;
  packet: Packet;
  delivery: Delivery;
  /** What is taken to have become of it: nothing was seen of that for long, or its answer came (`arrived`). */
  inferredOutcome?: 'lost' | 'unknown' | 'arrived' | undefined;
  /** It has arrived, as its answer tells, and may still be seen arriving: that is told a moment later. */
  isSightAwaited?: boolean;
  /** The wire left out what became of it, or of others: there were too many. */
  isFateOmitted?: boolean;
  /** Its host is traced, and no call made it. */
  isUnexplained?: boolean;
  /** The recording ended before it could be missed. */
  isCutOff?: boolean;
  isRetransmission: boolean;
  /** It is the first of its conversation that was handed over with others in one piece: it is told once what that is. */
  explainsOffload?: boolean;
  part?: PacketPart | undefined;
  errorState?: ErrorState;
  /** Its application bytes in their direction's stream, counted from 0. */
  range?: { readonly from: number; readonly to: number } | undefined;
  /** How many bytes of the other direction it acknowledges, counted from 0. */
  acknowledged?: number | undefined;
  isSentFollowed: boolean;
  isArrivalFollowed: boolean;
  isLossCounted: boolean;
}

export interface LogRecord extends RecordBase {
  readonly kind: 'log';
  readonly log: LogEvent;
}

export interface FaultRecord extends RecordBase {
  readonly kind: 'fault';
  readonly fault: FaultEvent;
}

export interface HostRecord extends RecordBase {
  readonly kind: 'host';
  readonly state: HostEvent;
}

export type StepRecord = CallRecord | PacketRecord | LogRecord | FaultRecord | HostRecord;

const ranks: Readonly<Record<StepRecord['kind'], number>> = {
  host: 0,
  fault: 1,
  call: 2,
  packet: 3,
  log: 4,
};

/** By place; in one nanosecond causes before effects, and then the same whatever came first. */
export function compareRecords(a: StepRecord, b: StepRecord): number {
  return (
    a.placeNs - b.placeNs ||
    ranks[a.kind] - ranks[b.kind] ||
    (a.host === b.host ? 0 : a.host < b.host ? -1 : 1) ||
    compareCalls(a, b) ||
    a.id - b.id
  );
}

function compareCalls(a: StepRecord, b: StepRecord): number {
  return a.kind === 'call' && b.kind === 'call' ? a.call.id - b.call.id : 0;
}
