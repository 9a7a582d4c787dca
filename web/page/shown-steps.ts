import type { LabEvent } from '../../lab/model/event.ts';
import type { Conversation, Step } from '../../lab/timeline/step.ts';
import { Timeline, type TimelineOptions } from '../../lab/timeline/timeline.ts';
import { FrozenSteps } from './frozen-steps.ts';

/** Of a lab as many as can be laid out anew for each frame; a recording, which does not change, is kept whole. */
export const LIVE: TimelineOptions = { stepsKept: 5000 };
export const RECORDED: TimelineOptions = { stepsKept: 200_000, latenessMs: 5000 };

/** The steps that the page shows: all that come, or while it is paused those that had come. */
export class ShownSteps {
  #timeline = new Timeline(LIVE);
  #frozen: FrozenSteps | undefined;
  #newestId = 0;
  #leftAtId = 0;
  /** Nothing has been added yet: what comes first has happened before. */
  isNew = true;

  /** Nothing has happened yet. */
  begin(options: TimelineOptions): void {
    this.#timeline = new Timeline(options);
    this.#frozen = undefined;
    this.#newestId = 0;
    this.isNew = true;
  }

  /** Takes events of long ago, as what came with them is no longer kept. */
  learn(events: readonly LabEvent[]): void {
    for (const event of events) this.#timeline.add(event);
  }

  add(events: readonly LabEvent[]): void {
    this.isNew = false;
    this.learn(events);
    this.#newestId = this.latest.reduce((newest, { id }) => Math.max(newest, id), this.#newestId);
  }

  /** Time passes although nothing happens. @returns whether that has changed a step. */
  advance(nowMs: number): boolean {
    const before = this.#timeline.revision;
    this.#timeline.advance(`${Math.floor(nowMs)}000000`);
    return this.#timeline.revision !== before;
  }

  /** There will be no more events. */
  end(): void {
    this.#timeline.end();
  }

  /** All that are kept, shown or not. */
  get latest(): readonly Step[] {
    return this.#timeline.steps;
  }

  get all(): readonly Step[] {
    return this.#frozen?.now(this.latest) ?? this.latest;
  }

  get conversations(): readonly Conversation[] {
    return this.#timeline.conversations;
  }

  get isFrozen(): boolean {
    return this.#frozen !== undefined;
  }

  freeze(): void {
    this.#frozen ??= new FrozenSteps(this.latest);
  }

  unfreeze(): void {
    this.#frozen = undefined;
  }

  /** From now on it is counted what comes. */
  leave(): void {
    this.#leftAtId = this.#newestId;
  }

  /** How many steps have come since. */
  get sinceLeft(): number {
    return Math.max(0, this.#newestId - this.#leftAtId);
  }
}
