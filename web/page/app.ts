/**
 * What the page knows, and what can be done to it. A change asks for one drawing with the next frame of the screen.
 *
 *   stream ──events──▶ timeline ──steps──▶ filter ──▶ layout ──▶ diagram
 *   hand ──▶ selection, filter, pause ───────┘
 */
import type { LabEvent } from '../../lab/model/event.ts';
import type { Conversation, Step } from '../../lab/timeline/step.ts';
import { Timeline, type TimelineOptions } from '../../lab/timeline/timeline.ts';
import type { HeldList, Messages, Rate } from '../messages.ts';
import { Announcer } from './announcer.ts';
import { Controls } from './controls.ts';
import { everything, type Filter } from './filter.ts';
import { Flights } from './flights.ts';
import { FrozenSteps } from './frozen-steps.ts';
import { LabHosts } from './lab-hosts.ts';
import { StepClock } from './layout/step-clock.ts';
import { type Picture, PictureMaker } from './picture.ts';
import type { Player } from './player.ts';
import type { PageReport } from './report.ts';
import { SingleKeys } from './single-keys.ts';
import type { Connection } from './stream.ts';

export type Tab = 'report' | 'step' | 'conversations' | 'break';

/** What can be saved, by its address. */
export interface SavedFiles {
  readonly recording: string;
  readonly packets?: string;
}

/** Below it the page is a phone's: no times beside the diagram, and the panel is a sheet. */
const NARROW_PX = 720;
/** Of a lab as many as can be laid out anew for each frame; a recording, which does not change, is kept whole. */
const LIVE = { stepsKept: 5000 } as const;
const RECORDED = { stepsKept: 200_000, latenessMs: 5000 } as const;
const GUTTER_PX = { wide: 84, narrow: 8 };

export class App {
  clock = new StepClock();
  readonly flights = new Flights();
  readonly announcer = new Announcer();
  readonly singleKeys = new SingleKeys();
  readonly controls = new Controls(() => this.redraw());
  #timeline = new Timeline(LIVE);
  readonly #draw: () => void;
  #isAsked = false;
  /** Nothing has been added yet: what comes first has happened before. */
  #isNew = true;
  #pictures = new PictureMaker();
  #newestId = 0;
  /** The newest step when the end was left. */
  #leftAtId = 0;
  #frozen: FrozenSteps | undefined;

  readonly hosts = new LabHosts();
  connection: Connection = 'connecting';
  /** How far the page is behind the lab. */
  behindMs = 0;
  /** It is of a lab, which can be changed, and not of a recording. */
  isOfLab = false;
  /** What starts the server again. */
  command: string | undefined;
  /** Of a page that is a file. */
  player: Player | undefined;
  report: PageReport | undefined;
  files: SavedFiles = { packets: 'save/socketlab.pcapng', recording: 'save/socketlab.jsonl' };
  /** Why the source ended, if that is not as it should be. */
  trouble: string | undefined;
  rate: Rate = { seen: 0, shown: 0 };
  missed = 0;
  held: HeldList | null = null;
  filter: Filter = everything;
  /** The user looks at something else than the end. */
  isAway = false;
  selected: number | undefined;
  tab: Tab = 'conversations';
  isSheetOpen = false;
  isList = false;
  /** A step to bring into view with the next drawing. */
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

  /** Begins with what the server says of itself; also when it is connected to again. */
  greet({ canAct, command }: Messages['hello']): void {
    if (this.#isNew && !canAct) this.#timeline = new Timeline(RECORDED);
    this.change({ isOfLab: canAct, command });
  }

  /** Some events are missing: what was made of those before could not be told from what is missing. */
  skip({ missed, standing }: Messages['gap']): void {
    if (!this.#isNew) this.#begin(LIVE);
    this.learn(standing as LabEvent[]);
    this.change({ missed: this.missed + missed });
  }

  /** Takes events of long ago, as what came with them is no longer kept. */
  learn(events: readonly LabEvent[]): void {
    for (const event of events) {
      this.#timeline.add(event);
      if (event.kind === 'host') this.hosts.meet(event);
    }
  }

  add(events: readonly LabEvent[]): void {
    const isPast = this.#isNew || !this.isOfLab;
    this.#isNew = false;
    this.learn(events);
    const { steps } = this.#timeline;
    this.#newestId = steps.reduce((newest, { id }) => Math.max(newest, id), this.#newestId);
    this.flights.see(steps, performance.now(), isPast);
    this.announcer.see(steps);
    this.redraw();
  }

  get conversations(): readonly Conversation[] {
    return this.#timeline.conversations;
  }

  /** How many steps have come since the end was left. */
  get newSteps(): number {
    return this.isFollowing ? 0 : Math.max(0, this.#newestId - this.#leftAtId);
  }

  get allSteps(): readonly Step[] {
    const { steps } = this.#timeline;
    return this.#frozen?.now(steps) ?? steps;
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
    return this.#frozen === undefined && !this.isAway && this.connection !== 'ended';
  }

  connected(connection: Connection): void {
    // A recording is whole; that its server has gone does not matter.
    if (this.connection === 'ended') return;
    if (connection === this.connection) return;
    if (connection === 'lost') this.announcer.say('Connection lost; trying again');
    this.change({ connection });
  }

  /** Time passes although nothing happens: what has not arrived by now is lost. */
  advance(nowMs: number): void {
    const before = this.#timeline.revision;
    this.#timeline.advance(`${Math.floor(nowMs)}000000`);
    if (this.#timeline.revision === before) return;
    this.flights.see(this.#timeline.steps, performance.now(), false);
    this.redraw();
  }

  /** There will be no more events. */
  end(trouble: string | undefined): void {
    this.#timeline.end();
    // The columns were assigned while the rest was not known.
    this.#pictures = new PictureMaker();
    const [first] = this.allSteps;
    this.wanted = this.selected ?? first?.id;
    this.change({ connection: 'ended', trouble });
  }

  /** Everything is yet to happen. */
  restart(): void {
    this.#begin(RECORDED);
    this.#isNew = false;
    this.change({ connection: 'playing' });
  }

  #begin(options: TimelineOptions): void {
    this.#timeline = new Timeline(options);
    this.#pictures = new PictureMaker();
    this.#newestId = 0;
    this.#isNew = true;
    this.#frozen = undefined;
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
    if (this.isFollowing) this.#leftAtId = this.#newestId;
    this.#frozen ??= new FrozenSteps(this.#timeline.steps);
    this.redraw();
  }

  /** Stays where it is, while what comes is drawn below. */
  leave(): void {
    if (!this.isFollowing) return;
    this.#leftAtId = this.#newestId;
    this.change({ isAway: true });
  }

  follow(): void {
    this.#frozen = undefined;
    this.change({ isAway: false });
  }

  /** Shows a step in the panel. */
  select(id: number): void {
    this.leave();
    this.change({ selected: id, tab: 'step', isSheetOpen: true });
  }

  /** Selects a step that may be out of sight, and brings it there. */
  show(id: number): void {
    this.leave();
    this.wanted = id;
    this.change({ selected: id, tab: 'step' });
  }
}

type Changeable =
  | 'connection'
  | 'behindMs'
  | 'isOfLab'
  | 'command'
  | 'trouble'
  | 'rate'
  | 'missed'
  | 'held'
  | 'filter'
  | 'isAway'
  | 'selected'
  | 'tab'
  | 'player'
  | 'report'
  | 'clock'
  | 'files'
  | 'isSheetOpen'
  | 'isList'
  | 'view';
