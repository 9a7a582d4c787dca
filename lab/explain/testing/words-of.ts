/** The words of a step that a test looks for, and may not find. */
import type { Step } from '../../timeline/step.ts';
import * as sentence from '../sentence.ts';
import * as title from '../title.ts';

export function sentenceOf(step: Step | undefined): string | undefined {
  return step && sentence.sentenceOf(step);
}

export function titleOf(step: Step | undefined): string | undefined {
  return step && title.titleOf(step);
}
