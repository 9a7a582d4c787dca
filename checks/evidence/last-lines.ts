import type { CheckResult } from '../check.ts';

/** Of what was printed, the last lines, at most so many. */
export function lastLines(
  lines: readonly string[],
  max: number,
): Pick<CheckResult, 'output' | 'hasEarlierOutput'> {
  return {
    output: lines.slice(-max),
    ...(lines.length > max && { hasEarlierOutput: true }),
  };
}
