/**
 * What the page knows, and what can be done to it. A change asks for one drawing with the next frame of the screen.
 *
 *   stream ──events──▶ timeline ──steps──▶ filter ──▶ layout ──▶ diagram
 *   hand ──▶ selection, filter, pause ───────┘
 */
import type { LabEvent } from '../../lab/event.ts';
import type { Conversation, Step } from '../../lab/timeline/step.ts';
import { Timeline } from '../../lab/timeline/timeline.ts';
import type { HeldList, Rate } from '../messages.ts';
import { Announcer } from './announcer.ts';
import { Deeds } from './deeds.ts';
import { everything, type Filter, filtered } from './filter.ts';
import { Flights } from './flights.ts';
import { type Columns, columns, hostNames } from './layout/columns.ts';
import { type Layout, layout } from './layout/layout.ts';
import { Clock } from './layout/step-times.ts';
import type { Connection } from './stream.ts';

export type Tab = 'step' | 'conversations' | 'break';

/** All that is drawn of the timeline at one time. */
export interface Picture {
  readonly steps: readonly Step[];
  readonly layout: Layout;
  readonly columns: Columns;
}

/** Below it the page is a phone's: no times beside the diagram, and the panel is a sheet. */
export const NARROW_PX = 720;
/** As many as can be laid out anew for each frame. */
const STEPS_KEPT = 5000;
const GUTTER_PX = { wide: 84, narrow: 8 };

export class App {
  readonly clock = new Clock();
  readonly flights = new Flights();
  readonly announcer = new Announcer();
  readonly deeds = new Deeds(() => this.redraw());
  readonly #timeline = new Timeline({ stepsKept: STEPS_KEPT });
  readonly #draw: () => void;
  #isAsked = false;
  #picture: { key: readonly unknown[]; picture: Picture } | undefined;

  connection: Connection = 'connecting';
  canAct = false;
  /** Why the source ended, if that is not as it should be. */
  trouble: string | undefined;
  rate: Rate = { seen: 0, shown: 0 };
  missed = 0;
  held: HeldList | null = null;
  filter: Filter = everything;
  /** The steps that are shown while the page is paused; undefined while it follows what happens. */
  frozen: { readonly steps: readonly Step[] } | undefined;
  selected: number | undefined;
  tab: Tab = 'conversations';
  isSheetOpen = false;
  isList = false;
  /** A step that is to be brought into sight with the next drawing. */
  wanted: number | undefined;
  /** Of what the diagram is seen through. */
  view = { width: 0, height: 0, top: 0 };

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** Changes what the page knows, and has it drawn. */
  change(changes: Partial<Pick<App, Changeable>>): void {
    Object.assign(this, changes);
    this.redraw();
  }

  redraw(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.#draw();
    });
  }

  add(events: readonly LabEvent[]): void {
    const isPast = this.#timeline.revision === 0;
    for (const event of events) this.#timeline.add(event);
    const steps = this.#timeline.steps;
    this.flights.see(steps, performance.now(), isPast);
    this.announcer.see(steps);
    this.redraw();
  }

  get conversations(): readonly Conversation[] {
    return this.#timeline.conversations;
  }

  /** How many steps have come since the page was paused. */
  get newSteps(): number {
    if (this.frozen === undefined) return 0;
    return Math.max(0, this.#timeline.steps.length - this.frozen.steps.length);
  }

  get allSteps(): readonly Step[] {
    return this.frozen?.steps ?? this.#timeline.steps;
  }

  get isNarrow(): boolean {
    return window.innerWidth < NARROW_PX;
  }

  /** Names of the hosts of the lab. */
  get hosts(): ReadonlySet<string> {
    const states = this.allSteps.filter((step) => step.kind === 'host');
    return new Set(states.map(({ host }) => host));
  }

  get picture(): Picture {
    const gutter = this.isNarrow ? GUTTER_PX.narrow : GUTTER_PX.wide;
    const { width } = this.view;
    const all = this.allSteps;
    const key = [all, this.filter, width, gutter];
    const known = this.#picture;
    if (known?.key.every((part, i) => part === key[i])) return known.picture;
    const steps = filtered(all, this.filter);
    const names = hostNames(steps.length > 0 ? steps : all, this.hosts);
    const picture = {
      steps,
      layout: layout(steps, this.clock),
      columns: columns(names, { width, gutter }),
    };
    this.#picture = { key, picture };
    return picture;
  }

  get selectedStep(): Step | undefined {
    return this.selected === undefined ? undefined : this.stepOf(this.selected);
  }

  stepOf(id: number): Step | undefined {
    return this.allSteps.find((step) => step.id === id);
  }

  /** Whether the end of the diagram is kept in sight. */
  get isFollowing(): boolean {
    return this.frozen === undefined && this.connection !== 'ended';
  }

  connected(connection: Connection): void {
    // A recording is whole; that its server has gone does not matter.
    if (this.connection === 'ended') return;
    if (connection === 'lost') this.announcer.say('Connection lost; trying again');
    this.change({ connection });
  }

  /** Time goes on, though nothing happens: what has not arrived by now is lost. */
  advance(nowMs: number): void {
    const before = this.#timeline.revision;
    this.#timeline.advance(`${Math.floor(nowMs)}000000`);
    if (this.#timeline.revision !== before) this.redraw();
  }

  /** There will be no more events. */
  end(trouble: string | undefined): void {
    this.#timeline.end();
    const [first] = this.allSteps;
    this.wanted = this.selected ?? first?.id;
    this.change({ connection: 'ended', trouble });
  }

  pause(): void {
    this.change({ frozen: this.frozen ?? { steps: this.#timeline.steps } });
  }

  follow(): void {
    this.change({ frozen: undefined });
  }

  /** Shows a step in the panel. */
  select(id: number): void {
    this.change({ selected: id, tab: 'step', isSheetOpen: true });
  }

  /** Selects a step that may be out of sight, and brings it there; the page is paused, as else it would go on. */
  show(id: number): void {
    this.wanted = id;
    if (this.isFollowing) this.pause();
    this.change({ selected: id, tab: 'step' });
  }
}

type Changeable =
  | 'connection'
  | 'canAct'
  | 'trouble'
  | 'rate'
  | 'missed'
  | 'held'
  | 'filter'
  | 'frozen'
  | 'selected'
  | 'tab'
  | 'isSheetOpen'
  | 'isList'
  | 'view';
