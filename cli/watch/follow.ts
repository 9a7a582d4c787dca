import { setTimeout } from 'node:timers/promises';
import { Timeline } from '../../lab/timeline/timeline.ts';
import type { Output } from './output.ts';
import type { Selection } from './selection.ts';
import type { Source } from './source.ts';

/** How often a terminal is brought up to date. */
const TICK_MS = 50;
/** How much later than others an event may come. Much more, and a terminal would not seem live; a file can be waited for. */
const SLACK_MS = { live: 150, replayed: 10_000 } as const;
/** Of a recording, so many events are read before their steps are shown. */
const BATCH = 200;

/**
 * Puts the events of a source in order, and gives what is selected to the outputs, until the source ends.
 *
 *     source ─ events ─┬─────────────────────────▶ outputs (JSON, pcapng)
 *                      └─▶ timeline ─▶ steps ────▶ outputs (diagram, summary)
 */
export async function follow(
  source: Source,
  selection: Selection,
  outputs: readonly Output[],
): Promise<void> {
  const slackMs = source.isLive ? SLACK_MS.live : SLACK_MS.replayed;
  const timeline = new Timeline({ slackMs });
  const show = async (nowNs: string) => {
    timeline.advance(nowNs);
    giveSteps(timeline, selection, outputs);
    const untilNs = String(BigInt(nowNs) - BigInt(slackMs * 1e6));
    for (const output of outputs) await output.settled?.(untilNs);
  };
  const reading = read(source, selection, { timeline, outputs, show });
  if (source.isLive) await repeatUntil(reading, () => show(`${Date.now()}000000`));
  await reading;
  timeline.end();
  giveSteps(timeline, selection, outputs);
  for (const output of outputs) await output.end?.();
}

interface Readers {
  readonly timeline: Timeline;
  readonly outputs: readonly Output[];
  readonly show: (nowNs: string) => Promise<void>;
}

async function read(
  { events, isLive }: Source,
  selection: Selection,
  { timeline, outputs, show }: Readers,
): Promise<void> {
  let count = 0;
  for await (const event of events) {
    if (selection.has(event)) for (const output of outputs) output.event?.(event);
    timeline.add(event);
    count += 1;
    if (!isLive && count % BATCH === 0) await show(event.atNs);
  }
}

function giveSteps(timeline: Timeline, selection: Selection, outputs: readonly Output[]): void {
  const steps = timeline.takeSettled().filter((step) => selection.hasStep(step));
  for (const output of outputs) output.steps?.(steps);
}

/** Does something again and again until something else is over. */
async function repeatUntil(over: Promise<void>, deed: () => Promise<void>): Promise<void> {
  let isOver = false;
  const ending = over.finally(() => {
    isOver = true;
  });
  // What fails first is told; the other may fail of it.
  ending.catch(() => {});
  while (!isOver) {
    await Promise.race([ending, setTimeout(TICK_MS)]);
    await deed();
  }
}
