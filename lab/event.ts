/**
 * The one stream that everything observed in a lab becomes. Producers (capture, wire, log, faults) write it, consumers read
 * it, live or from a recording: a file with one event a line.
 */
import type { Packet } from './capture/packet.ts';

interface Observed {
  /** When, on the kernel's real-time clock: nanoseconds since 1970, in decimal, as a number cannot hold them exactly. */
  readonly atNs: string;
  /** The name of the host at which it was observed. */
  readonly host: string;
}

/** A packet that left a host or arrived at it, as its own capture saw it. */
export interface PacketEvent extends Observed {
  readonly kind: 'packet';
  readonly direction: 'in' | 'out';
  readonly packet: Packet;
}

/** What an impaired wire did with a packet on its way into a host. */
export interface FateEvent extends Observed {
  readonly kind: 'fate';
  readonly fate: 'delivered' | 'lost' | 'delayed' | 'duplicated' | 'corrupted' | 'held';
  /** The fault that decided it. */
  readonly fault: string;
  readonly packet: PacketIdentity;
}

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
  readonly length: number;
}

/** A line that a host logged. */
export interface LogEvent extends Observed {
  readonly kind: 'log';
  readonly line: string;
}

/** A fault that began or ended. */
export interface FaultEvent extends Observed {
  readonly kind: 'fault';
  readonly fault: string;
  readonly change: 'applied' | 'healed';
  /** In words, as `./socketlab faults` shows it. */
  readonly description: string;
}

export type LabEvent = PacketEvent | FateEvent | LogEvent | FaultEvent;
