/**
 * The settings of every impairment: what a test, the command line and the wire's control socket all speak.
 *
 * All of them can be limited to some packets ({@link Limits}), seeded, and given a duration.
 */

/** Which packets an impairment is for; without any, all but neighbour discovery and multicast listener reports. */
export interface Limits {
  /** Only packets from these addresses, IPv4 or IPv6. */
  readonly from?: readonly string[];
  /** `icmp` is ICMPv6, too. */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** Only packets from or to this port, of TCP and UDP. */
  readonly port?: number;
  /** Only every nth of the packets that are left: 3 is for the third, the sixth, … */
  readonly every?: number;
  /** Only the first so many of the packets that are left then. */
  readonly first?: number;
}

interface Common extends Limits {
  /** Default: the kind and a number, as in `loss-1`. */
  readonly id?: string;
  /** The same seed, kind and host, and the same sequence of packets, give the same fates. Default: drawn at random, and part of the status. */
  readonly seed?: string;
  /** The name of the host that sends, for reports. */
  readonly sender?: string;
  /** The full name of the network that `from` is limited to, for reports. */
  readonly network?: string;
  /** The fault heals itself after so long, in milliseconds. Default: never. */
  readonly forMs?: number;
}

export interface LossSettings extends Common {
  readonly kind: 'loss';
  /** How many of a hundred packets are lost, 0 to 100. */
  readonly percent: number;
}

export interface DelaySettings extends Common {
  readonly kind: 'delay';
  readonly delayMs: number;
  /** Up to so much more or less, evenly distributed; at most `delayMs`. Default 0. */
  readonly jitterMs?: number;
  /** Whether jitter lets packets overtake each other. Default: no. */
  readonly overtaking?: boolean;
}

export interface ReorderSettings extends Common {
  readonly kind: 'reorder';
  /** How many of a hundred packets are overtaken, 0 to 100. */
  readonly percent: number;
  /** By how many later packets. Default 1. */
  readonly behind?: number;
  /** How long a packet waits for later ones at most. Default 100. At most 20,000 wait; more are lost. */
  readonly maxWaitMs?: number;
}

export interface DuplicateSettings extends Common {
  readonly kind: 'duplicate';
  /** How many of a hundred packets arrive more than once, 0 to 100. */
  readonly percent: number;
  /** How often more, 1 to 100. Default 1. */
  readonly copies?: number;
}

export interface CorruptSettings extends Common {
  readonly kind: 'corrupt';
  /** How many of a hundred packets are damaged, 0 to 100. */
  readonly percent: number;
  /** How many bits of one byte are flipped, 1 to 8. Default 1. */
  readonly bits?: number;
  /** Whether the damage stays hidden from the kernel: only bytes of the application, with the checksum made right. Default: no. */
  readonly fixChecksum?: boolean;
}

export interface RateSettings extends Common {
  readonly kind: 'rate';
  /** 1 kbit/s is 1,000 bits a second. */
  readonly rateKbit: number;
  /** How many packets wait at most; more are lost. Default 100. */
  readonly queuePackets?: number;
  /** How many bytes wait at most. Default: any. */
  readonly queueBytes?: number;
}

export interface PartitionSettings extends Common {
  readonly kind: 'partition';
}

export interface HoldSettings extends Common {
  readonly kind: 'hold';
  /** How many packets wait for a decision at most; more are lost. Default 1000. */
  readonly limit?: number;
}

export type FaultSettings =
  | LossSettings
  | DelaySettings
  | ReorderSettings
  | DuplicateSettings
  | CorruptSettings
  | RateSettings
  | PartitionSettings
  | HoldSettings;

export type FaultKind = FaultSettings['kind'];
