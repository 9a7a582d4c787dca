/**
 * The one stream that everything observed in a lab becomes. Producers (capture, trace, wire, log, faults) write it; consumers read
 * it, live or from a recording. What is documented here is quoted in `docs/recording.md`.
 */

import type { Call } from './call.ts';
import type { FaultSettings } from './faults.ts';
import type { HostState, Role } from './host-state.ts';
import type { Packet } from './packet.ts';

interface Observed {
  /** When, by the kernel's real-time clock: nanoseconds since 1970, in decimal, as a JSON number cannot hold them exactly. */
  readonly atNs: string;
  /** The name of the host at which it was observed. */
  readonly host: string;
}

/** A packet that left a host or arrived at it, as the capture at that host saw it. */
export interface PacketEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'packet';
  /** The interface that it was seen at, as in `eth1`, where the host has several. */
  readonly interface?: string;
  /** Whether the host received or sent it. */
  readonly direction: 'in' | 'out';
  /** The packet, decoded. */
  readonly packet: Packet;
}

/**
 * What an impaired wire did with a packet on its way into a host. Each packet that met a fault, and each copy of one, ends
 * with `delivered` or `lost`; before that there is one event for each thing that happened to it. A packet that meets no fault
 * has no event. Of each fate at most 500 packets a second are reported at a host; an `OmissionEvent` counts the others.
 */
export interface FateEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'fate';
  /** What became of the packet. */
  readonly fate: PacketFate;
  /** The id of the fault that did it; of `delivered` the last one that had an effect on the packet, or else the last that it met. */
  readonly fault: string;
  /**
   * When the packet arrived at the wire, in the unit of `atNs`: the same for all fates of one packet and its copies, another for each
   * other packet of the wire, and in the order of their arrival. Without it, as in older recordings, the packet arrived at `atNs`.
   */
  readonly arrivedAtNs?: string;
  /** As it was sent, even when it was corrupted; of a copy, that of its original. */
  readonly packet: PacketIdentity;
  /** Of `corrupted`: the checksum was corrected, so that the host's kernel does not see the damage. */
  readonly isChecksumFixed?: true;
}

/** What a fault made of a packet. */
export type PacketFate =
  /** It was handed to the host's kernel, which may still drop it. */
  | 'delivered'
  /** It was dropped silently. */
  | 'lost'
  /** It leaves later than it came. */
  | 'delayed'
  /** The first of the later packets has overtaken it. */
  | 'reordered'
  /** Copies of it follow. */
  | 'duplicated'
  /** Its bytes are no longer those that were sent. */
  | 'corrupted'
  /** It waits for a decision. */
  | 'held';

/** What identifies a packet at both ends. */
export interface PacketIdentity {
  /** The source address. */
  readonly from: string;
  /** The destination address. */
  readonly to: string;
  /** By its name, or by its number in the IP header. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | 'other';
  /** The source port, where the protocol has one. */
  readonly fromPort?: number;
  /** The destination port. */
  readonly toPort?: number;
  /** IPv4 identification, or IPv6 flow label. */
  readonly ipId: number;
  /** Of a segment: its sequence number. */
  readonly tcpSequence?: number;
  /** Of a datagram over IPv6, which does not number packets: FNV-1a (RFC 9923) of the first 64 bytes of its payload, in 32 bits. */
  readonly digest?: number;
  /** In bytes, from the IP header on. */
  readonly length: number;
}

/** One end of a conversation, as a socket call names it. */
export interface Endpoint {
  /** IPv4 or IPv6. */
  readonly address: string;
  /** Of TCP or UDP. */
  readonly port: number;
}

/** The state of a connection (RFC 9293, section 3.3.2). */
export type TcpState =
  | ('LISTEN' | 'SYN-SENT' | 'SYN-RECEIVED' | 'ESTABLISHED' | 'CLOSE-WAIT')
  | ('FIN-WAIT-1' | 'FIN-WAIT-2' | 'CLOSING' | 'LAST-ACK' | 'TIME-WAIT' | 'CLOSED');

/** One of the messages of `sendmmsg` or `recvmmsg`. */
export interface Message {
  /** Its length. */
  readonly bytes: number;
  /** Where it went, or came from. */
  readonly peer?: Endpoint;
  /** As `segmentBytes` of the call. */
  readonly segmentBytes?: number;
}

/**
 * A call that a program made on a socket of TCP or UDP; `atNs` is when it began. It is named as in the BSD socket API (`accept4` is
 * reported as `accept`).
 */
export type CallEvent = CallBase & Call;

/** What all calls have, whatever their arguments. */
export interface CallBase extends Observed {
  /** Which of the events it is. */
  readonly kind: 'call';
  /** Counts up in its trace. A call that waits is reported twice under one number: as `waiting`, and when it has `returned`. */
  readonly id: number;
  /** `present`: no call was seen, but the socket was already so when the trace began (`listen`, `bind`, `connect`, `accept`). */
  readonly stage: 'waiting' | 'returned' | 'present';
  /** Of a TCP socket that was `present`: the state of its connection. */
  readonly state?: TcpState;
  /** Of a TCP socket that was `present`: bytes that had arrived and that its program had not read yet. */
  readonly unreadBytes?: number;
  /** Of a TCP socket that was `present`: bytes that its program had sent and that were not acknowledged yet. */
  readonly unacknowledgedBytes?: number;
  /** The process that made it. */
  readonly process: {
    /** Of the process, whichever of its threads made the call, in the PID namespace of the host. */
    readonly pid: number;
    /**
     * The program's file, without its folder, as the program names itself: at most 64 characters, control characters escaped. Missing
     * where the process ended before it was looked at.
     */
    readonly name?: string;
  };
  /** The socket, as far as it is known by then; of an `accept` that returned, the new one. */
  readonly socket?: {
    /** Its descriptor in the process. */
    readonly fd: number;
    /** TCP or UDP. */
    readonly protocol?: 'tcp' | 'udp';
    /** Its own end. */
    readonly local?: Endpoint;
    /** The end that it is connected to. */
    readonly remote?: Endpoint;
    /** UDP_SEGMENT (udp(7)): the length in bytes of the datagrams that the kernel cuts each send into; 0: it does not. */
    readonly segmentBytes?: number;
  };
  /** Of `splice`: whether bytes come out of the socket (`in`) or go into it (`out`). */
  readonly direction?: 'in' | 'out';
  /** What was sent or received. */
  readonly data?: {
    /** Its length. */
    readonly bytes: number;
    /** Its first 128 bytes as UTF-8, with control characters escaped. */
    readonly preview: string;
  };
  /** Of `sendmmsg` and `recvmmsg`: each message that was sent or received. */
  readonly messages?: readonly Message[];
  /**
   * Of `sendmsg` and `recvmsg`: the length in bytes of the datagrams that this one call sent or received at once (UDP_SEGMENT,
   * UDP_GRO); the last may be shorter.
   */
  readonly segmentBytes?: number;
  /** The address that the call names (`connect`, `bind`, `sendto`) or returns (`accept`, `recvfrom`). */
  readonly peer?: Endpoint;
  /** What it returned, unless it failed: a descriptor, or a count of bytes or messages. */
  readonly result?: number;
  /** Why it failed, as errno(3) names it, such as `ECONNREFUSED`. */
  readonly error?: string;
  /** How long it took, in nanoseconds, including what tracing added; of what was `present`, until the host was traced. */
  readonly tookNs?: number;
}

/** A line that a host logged. */
export interface LogEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'log';
  /** Without the newline at its end. */
  readonly line: string;
}

/** A fault that began or ended at the host that receives the packets. */
export interface FaultEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'fault';
  /** The name of the host that sends them; missing where that is not known. */
  readonly from?: string;
  /** Its id, such as `loss-3f9a`; the same at both hosts where it acts on the packets of both. */
  readonly fault: string;
  /** Whether it has begun or ended. */
  readonly change: 'applied' | 'healed';
  /** What was asked for. */
  readonly settings: FaultSettings;
  /** Of `healed`: its wire was killed, and the packets that it held back are lost. */
  readonly isWireKilled?: true;
}

/** What a host is: reported when it is first observed, and whenever it has changed. */
export interface HostEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'host';
  /** Its role, if its image names one. */
  readonly role?: Role;
  /** What it is now. */
  readonly state: HostState;
  /** Its IPv4 and IPv6 addresses on all of its networks; none while it has no network. */
  readonly addresses: readonly string[];
  /** The host whose network it shares, where it has none of its own: the packets of both are reported under that name. */
  readonly sharesNetworkOf?: string;
  /** The MAC addresses of its interfaces; missing where they are not known. */
  readonly hardwareAddresses?: readonly string[];
}

/** The capture at a host began or ended: a packet that was not seen there in between was not there. */
export interface CaptureEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'capture';
  /** Whether it began or ended. */
  readonly change: 'began' | 'ended';
}

/** More fates than are reported one by one: from `sinceNs` to `atNs` it is not known of each packet what became of it. */
export interface OmissionEvent extends Observed {
  /** Which of the events it is. */
  readonly kind: 'omission';
  /** When the first one was left out, in the unit of `atNs`. */
  readonly sinceNs: string;
  /** How many, by the id of the fault and by fate, such as `{ "loss-3f9a": { "lost": 312 } }`. */
  readonly omitted: Readonly<Record<string, Readonly<Partial<Record<PacketFate, number>>>>>;
}

/** Whatever happens in a lab. */
export type LabEvent =
  | (PacketEvent | CallEvent | FateEvent | LogEvent | FaultEvent | HostEvent)
  | (CaptureEvent | OmissionEvent);
