import type { Host } from '../hosts/host.ts';
import type { CallEvent } from '../model/event.ts';
import type { LimitCounts } from '../model/limit.ts';

/** The socket calls of one host, whatever traces them. */
export interface HostTrace {
  readonly host: Host;
  readonly events: AsyncIterable<CallEvent>;
  /** How many events were left out because they were not read in time. */
  readonly missed: number;
  /** The processes that were traced from the beginning, in the PID namespace of the host; others were started by them. */
  readonly firstProcesses: readonly number[];
  /** The processes that SIGKILL has ended, as what a program leaves running when its host ends; only BPF tells them. */
  readonly killedProcesses: readonly number[];
  /** How often the programs of the host have run into each limit so far. */
  readonly limitsHit: LimitCounts;
  /** Ends the trace: the host goes on, and events so far can still be read. */
  stop(): Promise<void>;
}
