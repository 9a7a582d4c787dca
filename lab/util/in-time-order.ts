import { setTimeout as sleep } from 'node:timers/promises';
import { Heap } from './heap.ts';

export interface OrderOptions {
  /** How long an event waits for earlier ones that come later, in milliseconds. */
  readonly waitMs: number;
  /** The most events that wait. */
  readonly most: number;
}

interface Timed {
  readonly atNs: string;
}

interface Waiting<T> {
  readonly event: T;
  readonly atNs: bigint;
  /** From when on it waits no longer. */
  readonly dueMs: number;
}

/**
 * Events that come nearly in the order of their times, in that order. One that comes more than `waitMs` late, or after more than
 * `most` later ones, is given as it comes.
 */
export async function* inTimeOrder<T extends Timed>(
  events: AsyncIterable<T>,
  { waitMs, most }: OrderOptions,
): AsyncGenerator<T> {
  const waiting = new Heap<Waiting<T>>((one, other) => (one.atNs < other.atNs ? -1 : 1));
  const iterator = events[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const result = await untilDue(next, waiting.first?.dueMs);
      if (result?.done) break;
      if (result !== undefined) {
        const { value: event } = result;
        waiting.add({ event, atNs: BigInt(event.atNs), dueMs: performance.now() + waitMs });
        next = iterator.next();
      }
      while (waiting.size > most || (waiting.first?.dueMs ?? Infinity) <= performance.now())
        yield (waiting.take() as Waiting<T>).event;
    }
    for (let one = waiting.take(); one !== undefined; one = waiting.take()) yield one.event;
  } finally {
    await iterator.return?.();
  }
}

/** @returns undefined when it is too late: at `dueMs` */
async function untilDue<R>(next: Promise<R>, dueMs: number | undefined): Promise<R | undefined> {
  if (dueMs === undefined) return next;
  const timer = new AbortController();
  const due = sleep(Math.max(1, dueMs - performance.now()), undefined, { signal: timer.signal });
  try {
    return await Promise.race([next, due]);
  } finally {
    due.catch(() => {});
    timer.abort();
  }
}
