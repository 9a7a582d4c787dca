/**
 * How many events a second of processor time, garbage collection included, a timeline takes, and what it keeps: `node --expose-gc bench/timeline.ts [events]`. They
 * are those of conversations over TCP, with their calls, at 500 a second of the lab's time; every 50 ms of that a renderer asks
 * for what has changed, and a terminal for what is settled.
 */
import type { LabEvent } from '../lab/model/event.ts';
import { load } from '../lab/timeline/testing/load.ts';
import { Timeline } from '../lab/timeline/timeline.ts';

const BATCH = 100_000;
const EVENTS_PER_FRAME = 25;

const total = Number(process.argv[2] ?? 1_000_000);
const inWords = (value: number) => Math.round(value).toLocaleString('en');
for (const isShown of [false, true]) {
  const { perSecond, heapBytes, steps, conversations } = run(total, isShown);
  console.log(
    `${isShown ? 'With a renderer and a terminal' : 'Only added'}: ${inWords(perSecond)} events a second of processor time; after ` +
      `${inWords(total)} it keeps ${inWords(steps)} steps of ${inWords(conversations)} conversations in ${inWords(heapBytes / 1e6)} MB`,
  );
}

function run(events: number, isShown: boolean) {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const timeline = new Timeline();
  const source = load(events);
  let [revision, elapsedMs, count] = [0, 0, 0];
  for (let batch = take(source, BATCH); batch.length > 0; batch = take(source, BATCH)) {
    const start = process.cpuUsage();
    for (const event of batch) {
      timeline.add(event);
      count += 1;
      if (!isShown || count % EVENTS_PER_FRAME !== 0) continue;
      ({ revision } = timeline.changedSince(revision));
      timeline.takeSettled();
    }
    const { user, system } = process.cpuUsage(start);
    elapsedMs += (user + system) / 1000;
  }
  globalThis.gc?.();
  return {
    perSecond: (count * 1000) / elapsedMs,
    heapBytes: process.memoryUsage().heapUsed - heapBefore,
    steps: timeline.steps.length,
    conversations: timeline.conversations.length,
  };
}

/** Made before they are timed. */
function take(source: Generator<LabEvent>, count: number): LabEvent[] {
  const taken: LabEvent[] = [];
  while (taken.length < count) {
    const { value, done } = source.next();
    if (done) break;
    taken.push(value);
  }
  return taken;
}
