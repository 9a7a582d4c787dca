import type { Host, Lab } from '../../lab/index.ts';
import type { Random } from '../../lab/util/random.ts';
import type { Check } from '../check.ts';

/** A role that programs can be graded in. */
export interface Role<Stage> {
  readonly name: string;
  readonly checks: readonly Check<Stage>[];
  /** The environment of the program; what is random in it differs with the seed, so that nothing can be hard-coded. */
  settings(random: Random): Record<string, string>;
  /** What a check acts on. */
  stage(cast: Cast, circumstances: Circumstances): Stage;
}

/** What an instance of a program is in. */
export interface Circumstances {
  readonly env: Readonly<Record<string, string>>;
  /** For what is random in its checks. */
  readonly random: Random;
  /** How many times longer than usual deadlines are, as the machine is busy: 1 or more. */
  readonly patience: number;
}

/** The hosts that a check can work with. */
export interface Cast {
  readonly lab: Lab;
  readonly program: Host;
  /** The grader's own, where peers are run. */
  readonly peer: Host;
}
