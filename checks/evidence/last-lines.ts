import type { CheckResult } from '../check.ts';

/** Of a stack trace, a call within Node.js. */
const FRAME_OF_NODE = /^\s+at .*\bnode:/;

/** Of what was printed, the last lines that say something, at most so many. */
export function lastLines(
  lines: readonly string[],
  max: number,
): Pick<CheckResult, 'output' | 'hasEarlierOutput'> {
  const telling = lines.filter((line) => line.trim() !== '' && !FRAME_OF_NODE.test(line));
  return {
    output: telling.slice(-max),
    ...(telling.length > max && { hasEarlierOutput: true }),
  };
}
