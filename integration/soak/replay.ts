import type { Conversation, LabEvent, PacketStep, Step } from '../../lab/index.ts';
import { Timeline } from '../../lab/index.ts';
import { stepText } from './step-text.ts';

/** Bounds that a recording of some minutes does not come to. */
const KEPT = { stepsKept: 10_000_000, conversationsKept: 1_000_000 };
/** So often a page asks for what has changed, in events. */
const EVENTS_PER_FRAME = 200;

type Fateful = Extract<LabEvent, { kind: 'fate' | 'fault' | 'host' }>;

/** The timeline of a recording, and the events that it is compared with. */
export class Replay {
  readonly steps: readonly Step[];
  readonly conversations: readonly Conversation[];
  readonly byId: ReadonlyMap<number, Step>;
  /** Where each step stands. */
  readonly places: ReadonlyMap<number, number>;
  /** Those that hardly take room. */
  readonly events: readonly Fateful[];
  /** The steps as somebody has them who only asked for changes, of a timeline with its usual bounds. */
  readonly rendered: ReadonlyMap<number, Step>;
  readonly bounded: Timeline;

  private constructor(whole: Timeline, events: Fateful[], page: Page) {
    this.steps = whole.steps;
    this.conversations = whole.conversations;
    this.byId = new Map(this.steps.map((step) => [step.id, step]));
    this.places = new Map(this.steps.map(({ id }, place) => [id, place]));
    this.events = events;
    this.bounded = page.timeline;
    this.rendered = page.steps;
  }

  static of(events: Iterable<LabEvent>): Replay {
    const whole = new Timeline(KEPT);
    const kept: Fateful[] = [];
    const page = new Page();
    for (const event of events) {
      whole.add(event);
      page.add(event);
      if (event.kind === 'fate' || event.kind === 'fault' || event.kind === 'host')
        kept.push(event);
    }
    whole.end();
    page.end();
    return new Replay(whole, kept, page);
  }

  get packets(): PacketStep[] {
    return this.steps.filter((step) => step.kind === 'packet');
  }

  text(step: Step): string {
    return stepText(step, this.steps[0]);
  }
}

/** Keeps up with a timeline by its changes. */
class Page {
  readonly timeline = new Timeline();
  readonly steps = new Map<number, Step>();
  #events = 0;
  #revision = 0;

  add(event: LabEvent): void {
    this.timeline.add(event);
    this.#events += 1;
    if (this.#events % EVENTS_PER_FRAME === 0) this.#update();
  }

  end(): void {
    this.timeline.end();
    this.#update();
  }

  #update(): void {
    const { revision, isWhole, steps, forgotten } = this.timeline.changedSince(this.#revision);
    this.#revision = revision;
    if (isWhole) this.steps.clear();
    for (const id of forgotten) this.steps.delete(id);
    for (const step of steps) this.steps.set(step.id, step);
  }
}
