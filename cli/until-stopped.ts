import type { Range } from '../lab/model/fault-ranges.ts';

/** How long a verb can be told to run: a timer of Node has at most 2^31 - 1 ms, which is slightly more. */
export const STOP_MS: Range = { min: 1, max: 24 * 86_400_000 };

/** Resolves on Ctrl-C, on SIGTERM, or after `ms` milliseconds. A second Ctrl-C ends the process. */
export function untilStopped(ms?: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms !== undefined) setTimeout(resolve, ms).unref();
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
