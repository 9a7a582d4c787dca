import type { CallStep, Step } from '../../lab/index.ts';
import type { Finding } from '../check.ts';

/** What a check has found, and what was observed of the program until then. */
export interface Observed {
  /** Of the whole run, in the order of time. */
  readonly steps: readonly Step[];
  /** The calls of the program until the end of the check. */
  readonly calls: readonly CallStep[];
  readonly finding: Finding;
  /** When the check began, and when it ended or waited no longer: nanoseconds since 1970. */
  readonly beganNs: bigint;
  readonly endedNs: bigint;
  /** Whether the program had ended by then. */
  readonly hasEnded: boolean;
}
