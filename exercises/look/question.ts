import type { Step } from '../../lab/index.ts';
import type { Scene } from './scene.ts';
import type { Seen } from './seen.ts';

export type Letter = 'a' | 'b' | 'c' | 'd';

/** A question to be answered first by a prediction, and then by looking. */
export interface Question {
  readonly text: string;
  /** What can be predicted. */
  readonly choices: Readonly<Partial<Record<Letter, string>>>;
  /** The right one, which is what `read` finds each time. */
  readonly answer: Letter;
  /** Why it is so, in a sentence or two. */
  readonly explanation: string;
  /** What is done; it is done once for all questions that have the same. */
  readonly scene: Scene;
  /** The choice that is right by what was seen; undefined if none is. */
  readonly read: (seen: Seen) => Letter | undefined;
  /** Which steps are shown to explain it. Default: all calls, and the packets of conversations. */
  readonly shows?: (step: Step) => boolean;
}
