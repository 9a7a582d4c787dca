import { setTimeout } from 'node:timers/promises';
import type { LabEvent } from '../../lab/index.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { Timeline } from '../../lab/timeline/timeline.ts';
import type { Output } from './output.ts';
import type { Selection } from './selection.ts';
import type { Source } from './source.ts';

/** How often a terminal is brought up to date. */
const TICK_MS = 50;
/** How much later than others an event may come. Much more, and a terminal would not seem live; a file can be waited for. */
const LATENESS_MS = { live: 150, replayed: 10_000 } as const;
/** How many events of a recording are read before their steps are shown. */
const BATCH = 200;

/**
 * Puts the events of a source in order, and gives what is selected to the outputs, until the source ends. When it breaks off, as
 * a recording does that was cut, what came before is given, too.
 *
 *     source ─ events ─┬─────────────────────────▶ outputs (JSON, pcapng)
 *                      └─▶ timeline ─▶ steps ────▶ outputs (diagram, summary)
 */
export async function follow(
  source: Source,
  selection: Selection,
  outputs: readonly Output[],
): Promise<void> {
  const latenessMs = source.isLive ? LATENESS_MS.live : LATENESS_MS.replayed;
  const timeline = new Timeline({ latenessMs });
  const give = (steps: readonly Step[]) => {
    const selected = steps.filter((step) => selection.has(step));
    const shown = selected.filter((step) => !selection.isHidden(step));
    for (const output of outputs) output.steps?.(output.takesAsides ? selected : shown);
  };
  const show = async (nowNs: string) => {
    timeline.advance(nowNs);
    const untilNs = String(BigInt(nowNs) - BigInt(latenessMs * 1e6));
    give([...timeline.takeSettled(), ...timeline.takeWaiting()]);
    for (const output of outputs) await output.settled?.(untilNs);
  };
  const take = (event: LabEvent) => {
    if (selection.has(event)) for (const output of outputs) output.event?.(event);
    timeline.add(event);
  };
  let failure: { readonly error: unknown } | undefined;
  const reading = read(source, take, show).catch((error: unknown) => {
    failure = { error };
  });
  if (source.isLive) await repeatUntil(reading, () => show(`${Date.now()}000000`));
  await reading;
  timeline.end();
  give(timeline.takeSettled());
  for (const output of outputs) await output.end?.();
  if (failure) throw failure.error;
}

/** Of a recording, shows some steps now and then: its end may be far away. */
async function read(
  { events, isLive }: Source,
  take: (event: LabEvent) => void,
  show: (nowNs: string) => Promise<void>,
): Promise<void> {
  let count = 0;
  for await (const event of events) {
    take(event);
    count += 1;
    if (!isLive && count % BATCH === 0) await show(event.atNs);
  }
}

/** Repeats an action until a promise is settled. */
async function repeatUntil(over: Promise<void>, task: () => Promise<void>): Promise<void> {
  let isOver = false;
  const ending = over.finally(() => {
    isOver = true;
  });
  // The first failure is reported; the second may be its consequence.
  ending.catch(() => {});
  while (!isOver) {
    await Promise.race([ending, setTimeout(TICK_MS)]);
    await task();
  }
}
