import type { LabEvent } from '../../lab/index.ts';
import type { Step } from '../../lab/timeline/step.ts';

/** What is done with what a watch sees: drawn, written to a file, counted. */
export interface Output {
  /** Whether it also needs the steps outside the conversations when they are hidden. Default: no. */
  readonly takesAsides?: boolean;
  /** Each event, as it comes. */
  event?(event: LabEvent): void;
  /** Steps in time order, when they are settled. */
  steps?(steps: readonly Step[]): void;
  /** After some steps: none will come any more that is before a time. */
  settled?(untilNs: string): void | Promise<void>;
  end?(): void | Promise<void>;
}
