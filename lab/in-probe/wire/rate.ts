import type { RateSettings } from '../../model/faults.ts';
import { type Impairment, lose } from './impairment.ts';

/**
 * A slow line: packets leave one after another at `rateKbit`, and wait in a queue before it. A packet that finds the queue full is
 * lost (tail drop); fragments that found room take their time on the line, even if the rest of their datagram is lost. A packet's
 * length is that of the IP packet; the packet being sent is in the queue until it has left.
 */
export function rate(settings: RateSettings): Impairment {
  const { rateKbit, queuePackets = 100, queueBytes = Number.POSITIVE_INFINITY } = settings;
  const queue: { readonly leavesNs: number; readonly length: number }[] = [];
  let queuedBytes = 0;
  let freeNs = 0;
  return {
    decide({ onLine }, nowNs, count = 1) {
      while (queue[0] !== undefined && queue[0].leavesNs <= nowNs) {
        queuedBytes -= queue.shift()?.length ?? 0;
      }
      let lost = 0;
      for (const length of onLine.slice(0, count)) {
        if (queue.length >= queuePackets || queuedBytes + length > queueBytes) {
          lost += 1;
          continue;
        }
        freeNs = Math.max(freeNs, nowNs) + nsOnTheLine(length, rateKbit);
        queue.push({ leavesNs: freeNs, length });
        queuedBytes += length;
      }
      return lost === 0 ? { kind: 'delay', untilNs: freeNs } : lose(lost);
    },
  };
}

/** 1 kbit/s is 1,000 bits a second. */
function nsOnTheLine(bytes: number, rateKbit: number): number {
  return (bytes * 8 * 1e6) / rateKbit;
}
