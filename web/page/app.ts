/**
 * What the page knows, and what can be done to it. A change asks for one drawing with the next frame of the screen.
 *
 *   stream ──events──▶ timeline ──steps──▶ filter ──▶ layout ──▶ diagram
 *   hand ──▶ selection, filter, pause ───────┘
 */
import type { HostEvent, LabEvent } from '../../lab/model/event.ts';
import type { Conversation, Step } from '../../lab/timeline/step.ts';
import { Timeline } from '../../lab/timeline/timeline.ts';
import type { HeldList, Rate } from '../messages.ts';
import { Announcer } from './announcer.ts';
import { Controls } from './controls.ts';
import { everything, type Filter } from './filter.ts';
import { Flights } from './flights.ts';
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
/** As many as can be laid out anew for each frame. */
const STEPS_KEPT = 5000;
const GUTTER_PX = { wide: 84, narrow: 8 };

export class App {
  clock = new StepClock();
  readonly flights = new Flights();
  readonly announcer = new Announcer();
  readonly singleKeys = new SingleKeys();
  readonly controls = new Controls(() => this.redraw());
  #timeline = new Timeline({ stepsKept: STEPS_KEPT });
  readonly #draw: () => void;
  #isAsked = false;
  /** Nothing has been added yet: what comes first has happened before. */
  #isNew = true;
  #pictures = new PictureMaker();
  #newestId = 0;
  /** The newest step when the end was left. */
  #leftAtId = 0;
  #hostNames: ReadonlySet<string> = new Set();

  /** The hosts of the lab, each as last reported. */
  readonly hosts = new Map<string, HostEvent>();
  connection: Connection = 'connecting';
  canAct = false;
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
  /** The steps that are shown while the page is paused. */
  frozen: { readonly steps: readonly Step[] } | undefined;
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

  /** Takes events of long ago, as what came with them is no longer kept. */
  learn(events: readonly LabEvent[]): void {
    for (const event of events) {
      this.#timeline.add(event);
      if (event.kind === 'host') this.#meet(event);
    }
  }

  add(events: readonly LabEvent[]): void {
    const isPast = this.#isNew;
    this.#isNew = false;
    this.learn(events);
    const { steps } = this.#timeline;
    this.#newestId = steps.reduce((newest, { id }) => Math.max(newest, id), this.#newestId);
    this.flights.see(steps, performance.now(), isPast);
    this.announcer.see(steps);
    this.redraw();
  }

  /** Hosts are remembered separately, as the step that reported one will be forgotten. */
  #meet(event: HostEvent): void {
    this.hosts.set(event.host, event);
    if (!this.#hostNames.has(event.host)) this.#hostNames = new Set(this.hosts.keys());
  }

  /** The names of the hosts, in order. */
  get hostList(): readonly string[] {
    return [...this.#hostNames].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  get conversations(): readonly Conversation[] {
    return this.#timeline.conversations;
  }

  /** How many steps have come since the end was left. */
  get newSteps(): number {
    return this.isFollowing ? 0 : Math.max(0, this.#newestId - this.#leftAtId);
  }

  get allSteps(): readonly Step[] {
    return this.frozen?.steps ?? this.#timeline.steps;
  }

  get isNarrow(): boolean {
    return window.innerWidth < NARROW_PX;
  }

  get picture(): Picture {
    return this.#pictures.make({
      steps: this.allSteps,
      filter: this.filter,
      hosts: this.#hostNames,
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
    return this.frozen === undefined && !this.isAway && this.connection !== 'ended';
  }

  connected(connection: Connection): void {
    // A recording is whole; that its server has gone does not matter.
    if (this.connection === 'ended') return;
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
    this.#timeline = new Timeline({ stepsKept: STEPS_KEPT });
    this.#pictures = new PictureMaker();
    this.#newestId = 0;
    this.#isNew = false;
    this.change({ connection: 'playing', selected: undefined, frozen: undefined, isAway: false });
  }

  /** Stands still: what is shown does not change until it follows again. */
  pause(): void {
    if (this.isFollowing) this.#leftAtId = this.#newestId;
    this.change({ frozen: this.frozen ?? { steps: this.#timeline.steps } });
  }

  /** Stays where it is, while what comes is drawn below. */
  leave(): void {
    if (!this.isFollowing) return;
    this.#leftAtId = this.#newestId;
    this.change({ isAway: true });
  }

  follow(): void {
    this.change({ frozen: undefined, isAway: false });
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
  | 'canAct'
  | 'trouble'
  | 'rate'
  | 'missed'
  | 'held'
  | 'filter'
  | 'frozen'
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
