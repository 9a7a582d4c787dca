/**
 * The settings of every impairment, as tests, the command line and the wire's control socket use them.
 *
 * All of them can be limited to some packets ({@link Limits}), seeded, and given a duration.
 */

/** Which packets an impairment is for. Default: all except neighbour discovery and multicast listener reports. */
export interface Limits {
  /** Only packets from these addresses, IPv4 or IPv6. */
  readonly from?: readonly string[];
  /** `icmp` includes ICMPv6. */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** Only TCP and UDP packets from or to this port. */
  readonly port?: number;
  /** Of the packets that match so far, only every nth: with 3, the third, the sixth, … */
  readonly every?: number;
  /** How many of the packets that match the rest are affected, from the first one on. */
  readonly first?: number;
}

interface Common extends Limits {
  /** Unique in the lab. Default: the kind and four hexadecimal digits, as in `loss-3f9a`. */
  readonly id?: string;
  /** The same seed, kind and host, and the same sequence of packets, give the same fates. Default: drawn at random, and part of the status. */
  readonly seed?: string;
  /** The name of the host that sends, for reports. */
  readonly sender?: string;
  /** The full name of the network that `from` is limited to, for reports. */
  readonly network?: string;
  /** How long the fault lasts, in milliseconds. Default: until it is healed. */
  readonly forMs?: number;
}

export interface LossSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'loss';
  /** The share of packets that are lost, in percent, 0 to 100. */
  readonly percent: number;
}

export interface DelaySettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'delay';
  /** How much later a packet leaves, in milliseconds. */
  readonly delayMs: number;
  /** The largest deviation from `delayMs`, uniformly distributed; at most `delayMs`. Default 0. */
  readonly jitterMs?: number;
  /** Whether jitter lets packets overtake each other. Default: no. */
  readonly overtaking?: boolean;
}

export interface ReorderSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'reorder';
  /** The share of packets that are overtaken, in percent, 0 to 100. */
  readonly percent: number;
  /** By how many later packets they are overtaken. Default 1. */
  readonly behind?: number;
  /** The longest that a packet waits for later ones. Default 100. At most 20,000 packets wait; more are lost. */
  readonly maxWaitMs?: number;
}

export interface DuplicateSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'duplicate';
  /** The share of packets that are duplicated, in percent, 0 to 100. */
  readonly percent: number;
  /** How many copies follow each, 1 to 100. Default 1. */
  readonly copies?: number;
}

export interface CorruptSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'corrupt';
  /** The share of packets that are corrupted, in percent, 0 to 100. */
  readonly percent: number;
  /** How many bits of one byte are flipped, 1 to 8. Default 1. */
  readonly bits?: number;
  /** Whether to corrupt only application data and correct the checksum, so that the kernel does not notice. Default: no. */
  readonly fixChecksum?: boolean;
}

export interface RateSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'rate';
  /** 1 kbit/s is 1,000 bits a second. */
  readonly rateKbit: number;
  /** The longest queue, in packets; more are lost. Default 100. */
  readonly queuePackets?: number;
  /** The longest queue, in bytes. Default: unlimited. */
  readonly queueBytes?: number;
}

export interface PartitionSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'partition';
}

export interface HoldSettings extends Common {
  /** Which impairment it is. */
  readonly kind: 'hold';
  /** The most packets that wait for a decision; more are lost. Default 1000. */
  readonly limit?: number;
}

/** The settings of an impairment, by its kind. */
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
