/** The records that the loader prints: see `lab/in-probe/trace/bpf/record.h`. */
import type { Endpoint, Message } from '../../model/event.ts';

export type BpfRecord = CallRecord | ProcessRecord | CountRecord | NewsRecord;

interface OfHost {
  /** The number under which it was added. */
  readonly host: number;
}

/** A call, or of `present` a socket or a ring that was there when the trace began. */
export interface CallRecord extends OfHost {
  readonly kind: 'returned' | 'waiting' | 'present';
  /** Of the process, in the PID namespace of the host. */
  readonly pid: number;
  /** Of the thread, in that of the machine. */
  readonly tid: number;
  /** When it began, in nanoseconds, by the monotonic clock: of a thread, no two calls began at the same time. */
  readonly beganNs: bigint;
  /** And by the real-time clock, which may be set while it lasts. */
  readonly atNs: bigint;
  readonly tookNs: number;
  /** Negative: the number of an error. */
  readonly result: number;
  /** As numbers without a sign. */
  readonly arguments: readonly number[];
  /** Missing where the call was not on one. */
  readonly socket?: SocketFacts | undefined;
  readonly peer?: Endpoint | undefined;
  /** The address family that it names. */
  readonly family: number;
  /** Its place in `SYSTEM_CALLS`. */
  readonly call: number;
  /** What was sent or received, or the value of an option: its beginning. */
  readonly data: Buffer;
  readonly messages: readonly Message[];
  /** 0 where there is none. */
  readonly segmentBytes: number;
  readonly requestedBytes: number;
}

export interface SocketFacts {
  readonly fd: number;
  readonly inode: string;
  readonly protocol: 'tcp' | 'udp';
  readonly local?: Endpoint | undefined;
  readonly remote?: Endpoint | undefined;
  /** As the kernel numbers it. */
  readonly state: number;
  readonly segmentBytes: number;
  readonly unread: number;
  readonly unacknowledgedBytes: number;
}

/** A process before its first call, or after it has become another program. Numbers are those of the host. */
export interface ProcessRecord extends OfHost {
  readonly kind: 'process';
  readonly pid: number;
  /** The nearest first, as far as they belong to the host. */
  readonly ancestors: readonly number[];
  /** Of its first thread; cut after 15 bytes. */
  readonly name: string;
  readonly command: readonly string[];
}

export interface CountRecord extends OfHost {
  readonly kind: 'missed' | 'memory' | 'processes' | 'killed';
  readonly count: number;
}

export interface NewsRecord extends OfHost {
  readonly kind: 'ready' | 'ended';
}
