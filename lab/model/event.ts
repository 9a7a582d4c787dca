/**
 * The one stream that everything observed in a lab becomes. Producers (capture, trace, wire, log, faults) write it, consumers read
 * it, live or from a recording: a file with one event a line.
 */

import type { Call } from './call.ts';
import type { FaultSettings } from './faults.ts';
import type { HostState, Role } from './host-state.ts';
import type { Packet } from './packet.ts';

interface Observed {
  /** When, on the kernel's real-time clock: nanoseconds since 1970, in decimal, as a number cannot hold them exactly. */
  readonly atNs: string;
  /** The name of the host at which it was observed. */
  readonly host: string;
}

/** A packet that left a host or arrived at it, as its own capture saw it. */
export interface PacketEvent extends Observed {
  readonly kind: 'packet';
  /** The interface that it was seen at, as in `eth1`, where the host has several. */
  readonly interface?: string;
  readonly direction: 'in' | 'out';
  readonly packet: Packet;
}

/**
 * What an impaired wire did with a packet on its way into a host. Each packet that met a fault, and each copy of one, ends
 * with `delivered` or `lost`; before that there is one event for each thing that happened to it. A packet that no fault is
 * for has no event, and of each fate at most 500 packets a second are told at a host: a fault's counters are of all,
 * and an {@link OmissionEvent} tells when some were left out.
 */
export interface FateEvent extends Observed {
  readonly kind: 'fate';
  readonly fate: PacketFate;
  /** The fault that did it; of `delivered` the last one that had an effect on the packet, or else the last one that it met. */
  readonly fault: string;
  /** As it was sent, also when it was corrupted; of a copy that of its original. */
  readonly packet: PacketIdentity;
  /** Of `corrupted`: the checksum was made right, so that the host's kernel does not see the damage. */
  readonly isChecksumFixed?: true;
}

export type PacketFate =
  /** It was handed to the host's kernel, whatever that makes of it. */
  | 'delivered'
  /** It is gone, and nobody is told. */
  | 'lost'
  /** It leaves later than it came. */
  | 'delayed'
  /** While it was delayed for that, the first of the later packets overtook it. */
  | 'reordered'
  /** Copies of it follow it. */
  | 'duplicated'
  /** Its bytes are no longer those that were sent. */
  | 'corrupted'
  /** It waits for a decision. */
  | 'held';

/** What makes a packet the same packet at both ends. */
export interface PacketIdentity {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'other';
  readonly fromPort?: number;
  readonly toPort?: number;
  /** IPv4 identification, or IPv6 flow label. */
  readonly ipId: number;
  readonly tcpSequence?: number;
  /**
   * Of a datagram over IPv6, which does not number packets: what its first 64 bytes make, see `digest.ts`. Missing in older
   * recordings.
   */
  readonly digest?: number;
  readonly length: number;
}

/** One end of a conversation, as a socket call names it. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** What the kernel has a TCP socket in (RFC 9293, section 3.3.2). */
export type TcpState =
  | ('LISTEN' | 'SYN-SENT' | 'SYN-RECEIVED' | 'ESTABLISHED' | 'CLOSE-WAIT')
  | ('FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSING' | 'LAST-ACK' | 'TIME-WAIT' | 'CLOSED');

/** One of the messages of a call that has several. */
export interface Message {
  readonly bytes: number;
  readonly peer?: Endpoint;
  /** As of a {@link CallEvent}. */
  readonly segmentBytes?: number;
}

/**
 * A socket call that a program made, over TCP or UDP. `atNs` is when it began. It has the name that the BSD socket API gives it
 * (`accept4` is reported as `accept`) and its arguments.
 */
export type CallEvent = CallRecord & Call;

interface CallRecord extends Observed {
  readonly kind: 'call';
  /** Counts up in its trace. A call that waits is reported twice under one number: as `waiting`, and when it has `returned`. */
  readonly id: number;
  /** `present`: it was so already when the trace began (`listen`, `bind`, `connect`, `accept`); no call was seen. */
  readonly stage: 'waiting' | 'returned' | 'present';
  /** Of a TCP socket that was `present`. */
  readonly state?: TcpState;
  /** Of a TCP socket that was `present`, where there are any: bytes that had come, and that its program had not read yet. */
  readonly unreadBytes?: number;
  /** Of a TCP socket that was `present`, where there are any: bytes that its program had given, not acknowledged yet. */
  readonly unacknowledgedBytes?: number;
  readonly process: {
    /** Of the whole process, whichever of its threads made the call; as the host itself numbers it. */
    readonly pid: number;
    /** The program's file, without its folder. Missing where the process has ended too soon to be asked. */
    readonly name?: string;
  };
  /** The socket as far as it is known by then; of an `accept` that returned, the new one. */
  readonly socket?: {
    readonly fd: number;
    readonly protocol?: 'tcp' | 'udp';
    readonly local?: Endpoint;
    readonly remote?: Endpoint;
    /** How long the datagrams are that the kernel cuts what is sent on it into, in bytes (UDP_SEGMENT, udp(7)); 0: it does not. */
    readonly segmentBytes?: number;
  };
  /** Of `splice`: whether bytes come out of the socket, or go into it. */
  readonly direction?: 'in' | 'out';
  /** What was sent or received: how much, and the first 128 bytes of it as UTF-8, escaped for a terminal. */
  readonly data?: { readonly bytes: number; readonly preview: string };
  /** Of `sendmmsg` and `recvmmsg`: each message that was sent or received. Missing in older recordings. */
  readonly messages?: readonly Message[];
  /**
   * Of `sendmsg` and `recvmsg`: how long the datagrams are that this one call sent or received at once, in bytes (UDP_SEGMENT,
   * UDP_GRO); the last one may be shorter.
   */
  readonly segmentBytes?: number;
  /** The address that the call names or returns: of `connect`, `bind` and `sendto`, and of `accept` and `recvfrom` the peer's. */
  readonly peer?: Endpoint;
  /** What it returned, where it did not fail: a descriptor, a count of bytes. */
  readonly result?: number;
  /** Why it failed, as errno(3) names it: `ECONNREFUSED`. */
  readonly error?: string;
  /** How long it took, in nanoseconds, with what being traced added to it; what was `present`, until the host was traced. */
  readonly tookNs?: number;
}

/** A line that a host logged. */
export interface LogEvent extends Observed {
  readonly kind: 'log';
  readonly line: string;
}

/** A fault that began or ended, at the host that its packets are on their way to. */
export interface FaultEvent extends Observed {
  readonly kind: 'fault';
  /** The name of the host that sends them. Missing where that is not known, as in older recordings. */
  readonly from?: string;
  readonly fault: string;
  readonly change: 'applied' | 'healed';
  /** What was asked for, and the seed that was drawn for it. */
  readonly settings: FaultSettings;
  /** Of `healed`: nobody healed it, but its wire was killed, and the packets that it held back are lost. */
  readonly isWireKilled?: true;
}

/** What a host is: told when an observer begins to look, and when it has changed. */
export interface HostEvent extends Observed {
  readonly kind: 'host';
  readonly role?: Role;
  readonly state: HostState;
  /** Its IPv4 and IPv6 addresses, on all of its networks; none while it has no network. */
  readonly addresses: readonly string[];
  /** The host whose network it shares, where it has none of its own: packets of both are told under that name. */
  readonly sharesNetworkOf?: string;
  /** The hardware addresses of its interfaces; missing where they are not known, as in older recordings. */
  readonly hardwareAddresses?: readonly string[];
}

/**
 * Somebody begins to look at a host's packets, or ends: only in between a packet that was not seen there was not there. A
 * recording without it was made before it was told.
 */
export interface CaptureEvent extends Observed {
  readonly kind: 'capture';
  readonly change: 'began' | 'ended';
}

/**
 * More fates than are told one by one: what became of packets that came to the host from `sinceNs` on is not all known. `atNs` is
 * the end of that time.
 */
export interface OmissionEvent extends Observed {
  readonly kind: 'omission';
  /** When the first one was left out, as `atNs`. */
  readonly sinceNs: string;
  /** How many, by fault and fate, such as `{ "loss-1": { "lost": 312 } }`. */
  readonly omitted: Readonly<Record<string, Readonly<Partial<Record<PacketFate, number>>>>>;
}

export type LabEvent =
  | (PacketEvent | CallEvent | FateEvent | LogEvent | FaultEvent | HostEvent)
  | (CaptureEvent | OmissionEvent);
