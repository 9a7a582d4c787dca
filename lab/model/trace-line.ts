import type { CallEvent } from './event.ts';
import type { Limit } from './limit.ts';

/** A line of JSON that the program of a trace prints. */
export type TraceLine =
  | CallEvent
  /** These processes are traced from now on; the first line. */
  | { readonly traced: readonly number[] }
  /** So many events were left out because they were not read in time. */
  | { readonly missed: number }
  /** The programs have run into it so often until now. */
  | { readonly limit: Limit; readonly count: number }
  | { readonly sharing: Sharing };

/** The programs of a host are about to be moved to one processor. Processors as in `0-3,6` (cpuset(7), "List format"). */
export interface Sharing {
  /** The one that the programs and their tracer run on. */
  readonly processor: string;
  /** Those that the programs could run on before. */
  readonly before: string;
}

/** What the program of a trace exits with when a process has a tracer: it can have one at most (ptrace(2)). */
export const EXIT_TRACED_ALREADY = 3;
