import type { FaultStatus } from './wire-status.ts';

/** What is wrong in a lab: impaired paths, and hosts that are paused or have ended. */
export interface FaultReports {
  /** Impairments of paths between hosts. */
  readonly paths: FaultReport[];
  /** What was done to hosts themselves. */
  readonly hosts: HostFault[];
  /**
   * Faults that ended with the network of the receiving host, when the host stopped or was started again; reported until they
   * are healed, or the host is impaired again.
   */
  readonly over?: FaultReport[];
  /**
   * The names of hosts whose wire was killed, for example as it had no memory left: packets pass there unimpaired, and those that it
   * kept back are lost. Reported until it is healed; of one that was killed together with its probe, only by the `heal` that
   * removes what it has left.
   */
  readonly killed?: string[];
}

/** An impairment of the path between two hosts. */
export interface FaultReport {
  /** Unique in the lab, such as `loss-3f9a`. */
  readonly id: string;
  /** Two where it acts on packets of both hosts, in the order of the receiving hosts' names. */
  readonly directions: readonly [DirectionReport, ...DirectionReport[]];
}

/** One direction of a fault, and what it has done so far. */
export interface DirectionReport {
  /** The name of the host that sends. */
  readonly from: string;
  /** The name of the receiving host. */
  readonly to: string;
  /** The sender was started again and has other addresses now: the fault is for the old ones, whichever host has them. */
  readonly isOutdated?: true;
  /** What it was asked for, and what it has done. */
  readonly status: FaultStatus;
}

/** A host that is paused or has ended: as much a fault as an impaired path, and healed like one. */
export interface HostFault {
  /** The host's name, and what is wrong with it. */
  readonly id: string;
  /** The name of the host. */
  readonly host: string;
  /** Whether it is paused, or its program has ended. */
  readonly state: 'paused' | 'ended';
  /** Of one that has ended: whether a fault ended it. If not, it may have been done, or have failed. */
  readonly isByFault?: boolean;
  /** What it ended with; undefined while it is paused. */
  readonly exitCode?: number;
}
