import type { LabEvent } from '../../lab/index.ts';

/**
 * Events in the order in which they were known to be so: on a machine that cannot keep up some come minutes late, and a timeline
 * waits for 5 s at most (`TimelineOptions.latenessMs`). What it says of them is then due to the machine.
 */
export async function inOrder(events: AsyncIterable<LabEvent>): Promise<LabEvent[]> {
  const timed = (await Array.fromAsync(events)).map((event) => ({ event, ns: knownAt(event) }));
  timed.sort((a, b) => Number(a.ns - b.ns));
  return timed.map(({ event }) => event);
}

function knownAt(event: LabEvent): bigint {
  const took = event.kind === 'call' && event.stage === 'returned' ? (event.tookNs ?? 0) : 0;
  return BigInt(event.atNs) + BigInt(Math.round(took));
}
