import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for something, at most so many milliseconds. */
export async function within(ms: number, something: Promise<unknown>): Promise<void> {
  const over = new AbortController();
  const timeout = sleep(ms, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([something, timeout]).finally(() => over.abort());
}
