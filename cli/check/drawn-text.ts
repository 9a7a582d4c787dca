import type { CheckResult } from '../../checks/check.ts';
import { findingText } from '../../checks/feedback/finding-text.ts';
import type { TextOf } from '../../checks/report/junit.ts';
import type { Paint } from '../../lab/diagram/styles.ts';
import { findingDiagram } from './finding-diagram.ts';

/** What is told of a check, with the steps drawn where there is paint. */
export type DrawnTextOf = (paint?: Paint) => TextOf;

/** @param again the command that repeats a check */
export const drawnText =
  (again: (result: CheckResult) => string): DrawnTextOf =>
  (paint) =>
  (result) =>
    findingText(result, {
      again: again(result),
      ...(paint && { draw: (one: CheckResult) => findingDiagram(one, paint) }),
    });
