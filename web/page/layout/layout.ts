/**
 * Where everything in the diagram is. Pure: steps in, numbers out.
 *
 *   steps ──▶ moments, by time ──axis──▶ y of each beginning and end
 *   hosts ─────────────────────columns─▶ x of each lifeline
 */
import type { Step } from '../../../lab/timeline/step.ts';
import { axis, type Gap, type Moment } from './axis.ts';
import type { StepClock } from './step-clock.ts';

/** A step, and from where to where it goes. */
export interface Placed {
  readonly step: Step;
  readonly startMs: number;
  readonly y: number;
  /** Undefined while it lasts. */
  readonly endY: number | undefined;
  /** It has its row together with the one before. */
  readonly sharesRow: boolean;
  /** Which of the bars that lie side by side in one lane, from 0. */
  readonly slot: number;
}

export interface Layout {
  readonly placed: readonly Placed[];
  readonly gaps: readonly Gap[];
  readonly height: number;
  /** Of a step, by its id: where it is in `placed`. */
  readonly indexOf: ReadonlyMap<number, number>;
}

interface StepMoment extends Moment {
  readonly index: number;
}

/** Lays out steps, which may be in any order. */
export function layout(steps: readonly Step[], clock: StepClock): Layout {
  const moments = momentsOf(steps, clock);
  const { ys, gaps, height } = axis(moments);
  const startYs = new Float64Array(steps.length);
  const endYs = new Float64Array(steps.length).fill(Number.NaN);
  for (const [i, { index, isBeginning }] of moments.entries()) {
    (isBeginning ? startYs : endYs)[index] = ys[i] ?? 0;
  }
  const lanes = new Lanes();
  const placed: Placed[] = [];
  for (const { index, isBeginning, atMs, joins } of moments) {
    const step = steps[index];
    if (!isBeginning || step === undefined) continue;
    const y = startYs[index] ?? 0;
    const endY = endOf(step, y, endYs[index] ?? Number.NaN, clock);
    const slot = step.kind === 'call' ? lanes.take(step.host, y, endY) : 0;
    placed.push({ step, startMs: atMs, y, endY, sharesRow: joins, slot });
  }
  const indexOf = new Map(placed.map(({ step }, i) => [step.id, i]));
  return { placed, gaps, height, indexOf };
}

/** An arrow has its label on it, and not even the tip of another may be in its way; other labels are beside their mark. */
const ABOVE_PX = { packet: 21, other: 13 };

function momentsOf(steps: readonly Step[], clock: StepClock): StepMoment[] {
  const moments: StepMoment[] = [];
  for (const [index, step] of steps.entries()) {
    const { startMs, endMs } = clock.times(step);
    const above = step.kind === 'packet' ? ABOVE_PX.packet : ABOVE_PX.other;
    const joins = isRollCall(step, steps[index - 1]);
    moments.push({ index, atMs: startMs, isBeginning: true, above, joins });
    if (endMs !== undefined && endMs > startMs) {
      moments.push({ index, atMs: endMs, isBeginning: false, above: 0, joins: false });
    }
  }
  // Stable: of what is at one time, the timeline's order is kept.
  return moments.sort((a, b) => a.atMs - b.atMs);
}

/** The hosts are reported all at once, and fit in one row. */
function isRollCall(step: Step, before: Step | undefined): boolean {
  return (
    step.kind === 'host' &&
    before?.kind === 'host' &&
    before.host !== step.host &&
    before.atNs === step.atNs
  );
}

function endOf(step: Step, y: number, endY: number, clock: StepClock): number | undefined {
  if (!Number.isNaN(endY)) return endY;
  const isOver = clock.times(step).endMs !== undefined;
  return isOver || (step.kind !== 'call' && step.kind !== 'packet') ? y : undefined;
}

const MAX_SLOTS = 4;

/** Which bars lie beside each other: calls that wait at the same time at one host. */
class Lanes {
  readonly #freeFrom = new Map<string, number[]>();

  take(host: string, y: number, endY: number | undefined): number {
    const free = this.#freeFrom.get(host) ?? [];
    this.#freeFrom.set(host, free);
    const first = free.findIndex((from) => from < y);
    const slot = Math.min(first === -1 ? free.length : first, MAX_SLOTS - 1);
    free[slot] = endY ?? Number.POSITIVE_INFINITY;
    return slot;
  }
}

/** Room below the last step. */
const BOTTOM_PX = 40;

/** How high the diagram is: at least as high as what it is seen through. */
export function diagramHeight({ height }: Layout, leastPx = 0): number {
  return Math.max(Math.round(height) + BOTTOM_PX, leastPx);
}

/**
 * What of a layout is to be drawn between two heights: also what begins before them and reaches into them, and the selected
 * step wherever it is, as a screen reader is pointed at it.
 */
export function visible(
  { placed }: Layout,
  { top, bottom, selected }: { top: number; bottom: number; selected?: number | undefined },
): Placed[] {
  return placed.filter(
    ({ step, y, endY = Number.POSITIVE_INFINITY }) =>
      step.id === selected || (y <= bottom && endY >= top),
  );
}
