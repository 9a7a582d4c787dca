/**
 * What the page knows, and what can be done to it. A change asks for one drawing with the next frame of the screen.
 *
 *   stream ──events──▶ timeline ──steps──▶ filter ──▶ layout ──▶ diagram
 *   hand ──▶ selection, filter, pause ───────┘
 */
import type { LabEvent } from '../../lab/model/event.ts';
import type { Conversation, Step } from '../../lab/timeline/step.ts';
import type { TimelineOptions } from '../../lab/timeline/timeline.ts';
import type { Messages, Rate } from '../messages.ts';
import { Announcer } from './announcer.ts';
import { AppState } from './app-state.ts';
import { Controls } from './controls.ts';
import type { Filter } from './filter.ts';
import { Flights } from './flights.ts';
import { HeldStill } from './held-still.ts';
import { LabHosts } from './lab-hosts.ts';
import { type Picture, PictureMaker } from './picture.ts';
import { LIVE, RECORDED, ShownSteps } from './shown-steps.ts';
import { SingleKeys } from './single-keys.ts';
import type { Connection } from './stream.ts';

/** Below it the page is a phone's: no times beside the diagram, and the panel is a sheet. */
const NARROW_PX = 720;
const BEHIND_MS = 2000;
const GUTTER_PX = { wide: 84, narrow: 8 };

export class App extends AppState {
  flights = new Flights();
  readonly announcer = new Announcer();
  readonly singleKeys = new SingleKeys();
  readonly conversationList = new HeldStill<Conversation>(() => this.redraw());
  readonly controls = new Controls(() => this.redraw());
  readonly #steps = new ShownSteps();
  readonly #draw: () => void;
  #isAsked = false;
  #pictures = new PictureMaker();

  readonly hosts = new LabHosts();
  /** A step to bring into view with the next drawing. */
  wanted: number | undefined;

  constructor(draw: () => void) {
    super();
    this.#draw = draw;
  }

  /** Changes what the page knows, and has it drawn. */
  change(changes: Partial<AppState>): void {
    const isNew = Object.entries(changes).some(
      ([name, value]) => this[name as keyof AppState] !== value,
    );
    Object.assign(this, changes);
    if (isNew) this.redraw();
  }

  /** Changes some of the filter as it is now: what is drawn may be a frame old. */
  changeFilter(part: Partial<Filter>): void {
    this.change({ filter: { ...this.filter, ...part } });
  }

  redraw(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      this.#draw();
    });
  }

  rateIs(rate: Rate): void {
    const { seen, shown } = this.rate;
    if (rate.seen !== seen || rate.shown !== shown) this.change({ rate });
  }

  /** Less than two seconds are not noticed. */
  behind(ms: number): void {
    this.change({ behindS: ms < BEHIND_MS ? 0 : Math.round(ms / 1000) });
  }

  /** Begins with what the server says of itself; also when it is connected to again. */
  greet({ canAct, command }: Messages['hello']): void {
    if (this.#steps.isNew && !canAct) this.#steps.begin(RECORDED);
    this.change({ isOfLab: canAct, command });
  }

  /** Some events are missing: what was made of those before could not be told from what is missing. */
  skip({ missed, standing }: Messages['gap']): void {
    if (!this.#steps.isNew) this.#begin(LIVE);
    this.learn(standing as LabEvent[]);
    this.change({ missed: this.missed + missed });
  }

  /** Takes events of long ago, as what came with them is no longer kept. */
  learn(events: readonly LabEvent[]): void {
    this.#steps.learn(events);
    this.#meetHosts(events);
  }

  add(events: readonly LabEvent[]): void {
    const isPast = this.connection !== 'playing' && (this.#steps.isNew || !this.isOfLab);
    this.#steps.add(events);
    this.#meetHosts(events);
    this.flights.see(this.#steps.latest, performance.now(), isPast);
    this.announcer.see(this.#steps.latest);
    if (events.some(changesFaults)) this.#askForFaults();
    this.redraw();
  }

  #meetHosts(events: readonly LabEvent[]): void {
    for (const event of events) if (event.kind === 'host') this.hosts.meet(event);
  }

  /** Whoever began a fault, it is seen here. */
  #askForFaults(): void {
    if (this.canAct) void this.controls.refresh();
  }

  get conversations(): readonly Conversation[] {
    return this.#steps.conversations;
  }

  /** How many steps have come since the end was left. */
  get newSteps(): number {
    return this.isFollowing ? 0 : this.#steps.sinceLeft;
  }

  get allSteps(): readonly Step[] {
    return this.hosts.named(this.#steps.all);
  }

  get isNarrow(): boolean {
    return window.innerWidth < NARROW_PX;
  }

  get picture(): Picture {
    return this.#pictures.make({
      steps: this.allSteps,
      filter: this.filter,
      hosts: this.hosts.names,
      clock: this.clock,
      width: this.view.width,
      gutter: this.isNarrow ? GUTTER_PX.narrow : GUTTER_PX.wide,
    });
  }

  get selectedStep(): Step | undefined {
    return this.selected === undefined ? undefined : this.stepOf(this.selected);
  }

  stepOf(id: number): Step | undefined {
    return this.allSteps.find((step) => step.id === id);
  }

  /** Whether the end of the diagram is kept in sight. */
  get isFollowing(): boolean {
    return !this.#steps.isFrozen && !this.isAway && this.connection !== 'ended';
  }

  connected(connection: Connection): void {
    // A recording is whole; that its server has gone does not matter.
    if (this.connection === 'ended') return;
    if (connection === this.connection) return;
    if (connection === 'lost') this.announcer.say('Connection lost; trying again');
    this.change({ connection });
    this.#askForFaults();
  }

  /** Time passes although nothing happens: what has not arrived by now is lost. */
  advance(nowMs: number): void {
    if (!this.#steps.advance(nowMs)) return;
    this.flights.see(this.#steps.latest, performance.now(), false);
    this.redraw();
  }

  /** There will be no more events. */
  end(trouble: string | undefined): void {
    this.#steps.end();
    // The columns were assigned while the rest was not known.
    this.#pictures = new PictureMaker();
    const [first] = this.allSteps;
    this.wanted = this.selected ?? first?.id;
    this.change({ connection: 'ended', trouble });
  }

  /** Everything is yet to happen. */
  restart(): void {
    this.#begin(RECORDED);
    this.change({ connection: 'playing' });
  }

  #begin(options: TimelineOptions): void {
    this.#steps.begin(options);
    this.#pictures = new PictureMaker();
    this.flights = new Flights();
    this.announcer.begin();
    this.change({ selected: undefined, isAway: false });
  }

  /** Whether something can be done to the lab now. */
  get canAct(): boolean {
    return this.isOfLab && this.connection === 'live';
  }

  /** Whether more can be done: one thing is done at a time. */
  get canChange(): boolean {
    return this.canAct && !this.controls.isBusy;
  }

  /** Stands still: what is shown does not change until it follows again. */
  pause(): void {
    if (this.isFollowing) this.#steps.leave();
    this.#steps.freeze();
    this.redraw();
  }

  /** Stays where it is, while what comes is drawn below. */
  leave(): void {
    if (!this.isFollowing) return;
    this.#steps.leave();
    this.change({ isAway: true });
  }

  follow(): void {
    this.#steps.unfreeze();
    this.isAway = false;
    this.redraw();
  }

  /** Shows a step in the panel. */
  select(id: number): void {
    this.leave();
    this.change({ selected: id, tab: 'step', isSheetOpen: true });
  }

  /** Selects a step that may be out of sight, and brings it there; the panel stays as it is. */
  point(id: number): void {
    this.leave();
    this.wanted = id;
    this.change({ selected: id });
    this.redraw();
  }

  /** The same, and shows it in the panel. */
  show(id: number): void {
    this.point(id);
    this.change({ tab: 'step' });
  }
}

/** A host that is paused or has ended is one, too. */
function changesFaults({ kind }: LabEvent): boolean {
  return kind === 'fault' || kind === 'host';
}
