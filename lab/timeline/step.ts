/**
 * A timeline consists of steps: one thing that happened, from its cause to its effect. A call is one step from its beginning to its
 * return, a packet one step from its departure to its arrival.
 *
 * Steps are ordered by their beginnings; a call that waits for others (`accept`, `read`) stands where it returned.
 *
 * A step is a value: when more is known of it, the timeline gives a new one under the same id.
 */

import type { CallEvent, FateEvent, FaultEvent, HostEvent, LogEvent } from '../model/event.ts';
import type { Packet } from '../model/packet.ts';

interface StepBase {
  /** Constant as long as the timeline lasts; counts up in the order in which steps were begun. */
  readonly id: number;
  /** When it began: nanoseconds since 1970, in decimal. */
  readonly atNs: string;
  /** When it ended: a call returned, a packet arrived or was lost. None yet, or not seen: undefined. */
  readonly endNs?: string;
  /** The host at which it began. */
  readonly host: string;
  /** The conversation that it belongs to, by its id. */
  readonly conversation?: number;
}

interface Linked {
  /** The first 500 of them. */
  readonly links: readonly Link[];
  /** How many it has besides, without those with what was only sent again. */
  readonly linksLeftOut?: number;
}

/** Why two steps belong together. */
export interface Link {
  /** How the other step belongs to this one. */
  readonly kind: LinkKind;
  /** The other step, without its own links. */
  readonly to: LinkedStep;
}

/** How one step is linked with another. */
export type LinkKind =
  | 'caused' // a call made the kernel send the packet; SYN was answered with SYN-ACK or RST
  | 'caused-by'
  | 'completed-by' // a packet let a call return: SYN-ACK a connect, data a read, the third ACK an accept
  | 'completed'
  | 'repeats' // a retransmission, and what it repeats
  | 'repeated-by'
  | 'reports' // an ICMP error, and the packet that it is about
  | 'reported-by';

/** A call, from its beginning to its return, without its links. */
export interface LinkedCall extends StepBase {
  /** Which of the steps it is. */
  readonly kind: 'call';
  /** As last reported: waiting, or returned. */
  readonly call: CallEvent;
  /** Of its socket. */
  readonly protocol?: 'tcp' | 'udp';
  /** Its socket listens for connections. */
  readonly isListening?: true;
  /** Its socket ends its connection with RST when it is closed (socket(7), SO_LINGER). */
  readonly isAbortive?: true;
  /** What it found, where the call does not say it. */
  readonly finding?: Finding;
  /** It waits for others, and still waited at that time, more than a second after it began: nanoseconds since 1970, in decimal. */
  readonly waitedUntilNs?: string;
}

/** What a call found, or turned out to be, where the call alone does not say it. */
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

/** Where a packet is: left and not arrived yet, arrived, lost, or unknown, as it was captured at one end only. */
export type Delivery = 'in-flight' | 'arrived' | 'lost' | 'unknown';

/** A packet, from its departure to its arrival, without its links. */
export interface LinkedPacket extends StepBase {
  /** Which of the steps it is. */
  readonly kind: 'packet';
  /** The host that sent it, or its address where no host of the lab has that. */
  readonly from: string;
  /** The host that it is for, or its address where no host of the lab has that. */
  readonly to: string;
  /** As it was captured where it left; where it was not seen to leave, as it arrived. */
  readonly packet: Packet;
  /** Where it is. */
  readonly delivery: Delivery;
  /** A capture saw it leave its sender. */
  readonly wasSeenLeaving: boolean;
  /** A capture saw it arrive at its receiver. */
  readonly wasSeenArriving: boolean;
  /** It was not seen to arrive, although it would have been, but its answer shows that it has arrived. */
  readonly isArrivalInferred?: true;
  /** The wire left out what became of it, or of others: there were too many. */
  readonly isFateOmitted?: true;
  /** The recording ended before it could be missed. */
  readonly isCutOff?: true;
  /** It arrived damaged, and the receiver's kernel dropped it because of its checksum. */
  readonly isDropped?: true;
  /** It was handed over with others in one piece (segmentation offload). */
  readonly piece?: {
    /** That one, as it was captured. */
    readonly whole: Packet;
    /** Which of them this is, from 1. */
    readonly number: number;
    /** How many they are. */
    readonly count: number;
  };
  /** How many packets of a real line carry it: more than one for a segment that was handed over in one piece. */
  readonly packetsOnLine?: number;
  /** Of such a segment: the longest packet that the line takes, in bytes with its IP header. */
  readonly lineBytes?: number;
  /** It is the first of its conversation that was handed over in one piece with others. */
  readonly explainsOffload?: true;
  /** What an impaired wire did with it, in order. */
  readonly fates: readonly FateEvent[];
  /** Its host is traced, and no call of it explains the packet. */
  readonly isUnexplained?: true;
  /** It carries what an earlier packet carried. */
  readonly isRetransmission: boolean;
  /** Why it was sent again, where that is known: what became of the earlier one. */
  readonly repeatCause?: RepeatCause;
  /** What it is in its conversation, where its header does not say it. */
  readonly part?: PacketPart;
  /** Its application bytes in their direction's stream, counted from 0. */
  readonly range?: {
    /** The first one. */
    readonly from: number;
    /** The one behind the last one. */
    readonly to: number;
  };
  /** How many bytes of the other direction it acknowledges. */
  readonly acknowledgedBytes?: number;
  /** Of a window update: for how many bytes there is room now, where the beginning of the connection was seen. */
  readonly windowBytes?: number;
  /** Of RST: what its connection was like. */
  readonly reset?: Reset;
  /** Of an ICMP error: what became of it at the socket that it is for. */
  readonly errorState?: ErrorState;
}

/** What a packet is in its conversation, where its own header does not say. */
export type PacketPart =
  | ('third-ack' | 'refusal' | 'duplicate-ack' | 'ack-of-fin')
  // Answers to what arrives too late: a copy, or a packet of a connection that has ended.
  | ('answer-to-copy' | 'answer-after-end')
  | ('keep-alive' | 'window-probe' | 'window-update');

/** `unanswered`: it arrived, and got no answer. `unseen`: it left before its host was captured. */
export type RepeatCause = 'lost' | 'damaged' | 'unanswered' | 'unseen';

/** What the two ends of a connection had done before RST. */
export interface Reset {
  /** It answers bytes that came for a socket that its sender has closed. */
  readonly answersBytes: boolean;
  /** `closed`: it has closed its socket, too. `got-fin`: the sender's FIN has reached it. */
  readonly receiver: 'closed' | 'got-fin' | 'open';
}

/** What became of an ICMP error at its UDP socket, as far as that is traced. */
export type ErrorState = 'not-reported' | 'waiting' | 'reported' | 'replaced' | 'closed';

interface Followed {
  /** What it means is not known yet: what happened before it may still be reported. No step that has settled is. */
  readonly isPreliminary?: true;
}

/** A call, from its beginning to its return. */
export interface CallStep extends LinkedCall, Linked, Followed {}

/** A packet, from its departure to its arrival. */
export interface PacketStep extends LinkedPacket, Linked, Followed {}

/** A call or a packet as the steps that are linked with it show it. */
export type LinkedStep = LinkedCall | LinkedPacket;

/** A line that a host logged. */
export interface LogStep extends StepBase, Linked {
  /** Which of the steps it is. */
  readonly kind: 'log';
  /** The line, as it was observed. */
  readonly log: LogEvent;
}

/** A fault that began or ended. */
export interface FaultStep extends StepBase, Linked {
  /** Which of the steps it is. */
  readonly kind: 'fault';
  /** What has changed. */
  readonly fault: FaultEvent;
}

/** A host that has come, gone or changed. */
export interface HostStep extends StepBase, Linked {
  /** Which of the steps it is. */
  readonly kind: 'host';
  /** What the host is from then on. */
  readonly state: HostEvent;
}

/** What a timeline consists of. */
export type Step = CallStep | PacketStep | LogStep | FaultStep | HostStep;

/** The first step that one is linked with in such a way. */
export function linkedStep<Kind extends LinkedStep['kind']>(
  { links }: Step,
  kind: LinkKind,
  of: Kind,
): Extract<LinkedStep, { kind: Kind }> | undefined {
  const found = links.find((link) => link.kind === kind && link.to.kind === of);
  return found?.to as Extract<LinkedStep, { kind: Kind }> | undefined;
}

/** Whether an impaired wire did that with a packet. */
export function isFated({ fates }: LinkedPacket, name: FateEvent['fate']): boolean {
  return fates.some(({ fate }) => fate === name);
}

/** A TCP connection, or the datagrams between two UDP endpoints with the ICMP errors about them. */
export interface Conversation {
  /** Constant as long as the timeline lasts. */
  readonly id: number;
  /** TCP or UDP. */
  readonly protocol: 'tcp' | 'udp';
  /** The side that began it. */
  readonly client: Party;
  /** The end that was spoken to first. */
  readonly server: Party;
  /** When it began: nanoseconds since 1970. */
  readonly beganNs: string;
  /** Of its latest step. */
  readonly latestNs: string;
  /** `refused`: answered by RST or ICMP at once. `idle`: UDP that has been silent for a while. */
  readonly state: 'opening' | 'open' | 'closing' | 'closed' | 'reset' | 'refused' | 'idle';
  /** How many packets it has. */
  readonly packets: number;
  /** Bytes of the application, without those that were sent again. */
  readonly bytes: {
    /** Of the client. */
    readonly toServer: number;
    /** Of the server. */
    readonly toClient: number;
  };
  /** How many repeat earlier ones. */
  readonly retransmissions: number;
  /** How many of them were lost. */
  readonly lost: number;
  /** Its steps are no longer kept, only these figures. */
  readonly isSummedUp: boolean;
}

/** One side of a conversation. */
export interface Party {
  /** The host's name, or its address where no host of the lab has that. */
  readonly host: string;
  /** IPv4 or IPv6. */
  readonly address: string;
  /** Of TCP or UDP. */
  readonly port: number;
}
