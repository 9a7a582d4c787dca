import type { CallStep, Step } from '../../lab/index.ts';
import type { Finding } from '../check.ts';

/** What a check has found, and what was observed of the program until then. */
export interface Observed {
  /** Of the whole run, in the order of time. */
  readonly steps: readonly Step[];
  /** The calls of the program until the end of the check. */
  readonly calls: readonly CallStep[];
  readonly finding: Finding;
  /** When the check ended: nanoseconds since 1970. */
  readonly endedNs: bigint;
}
