import type { RateSettings } from './faults.ts';
import { type Impairment, LOSE } from './impairment.ts';

/**
 * A slow line: packets leave one after the other at `rateKbit`, and wait in a queue in front of it. What finds the queue
 * full is lost (tail drop). A packet's length is that of its IP packet; the one that is being sent is in the queue until it has left.
 */
export function rate(settings: RateSettings): Impairment {
  const { rateKbit, queuePackets = 100, queueBytes = Number.POSITIVE_INFINITY } = settings;
  const queue: { readonly leavesNs: number; readonly length: number }[] = [];
  let queuedBytes = 0;
  let freeNs = 0;
  return {
    decide({ headers }, nowNs) {
      while (queue[0] !== undefined && queue[0].leavesNs <= nowNs) {
        queuedBytes -= queue.shift()?.length ?? 0;
      }
      const length = headers.end;
      if (queue.length >= queuePackets || queuedBytes + length > queueBytes) return LOSE;
      freeNs = Math.max(freeNs, nowNs) + nsOnTheLine(length, rateKbit);
      queue.push({ leavesNs: freeNs, length });
      queuedBytes += length;
      return { kind: 'delay', untilNs: freeNs };
    },
  };
}

/** 1 kbit/s is 1,000 bits a second. */
function nsOnTheLine(bytes: number, rateKbit: number): number {
  return (bytes * 8 * 1e6) / rateKbit;
}
