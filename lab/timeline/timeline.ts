/**
 * The events of all hosts as steps in time order, with what belongs together linked, and grouped in conversations. Pure: no
 * clock, no input or output, and nothing of Node.js, so that a page runs the same code.
 *
 *     add ─▶ steps at once ────────────▶ steps, changedSince
 *       └──▶ schedule, by time ─ after slack ─▶ conversations, links, sentences ─▶ takeSettled
 *
 * What an event means depends on what happened before it, so its meaning is told when `latenessMs` have passed: late events have
 * come by then. One that comes still later gets its place as well, and as much meaning as can be told then.
 */
import type { LabEvent } from '../model/event.ts';
import { Captures } from './known/captures.ts';
import { Connects } from './known/connects.ts';
import type { Context } from './known/context.ts';
import { Conversations } from './known/conversations.ts';
import { Fragments } from './known/fragments.ts';
import { KnownHosts } from './known/known-hosts.ts';
import { SocketErrors } from './known/socket-errors.ts';
import { Sockets } from './known/sockets.ts';
import { TracedHosts } from './known/traced-hosts.ts';
import { Gathering } from './pairing/pairing.ts';
import type { StepRecord } from './records/step-record.ts';
import type { Conversation, Step } from './step.ts';
import { SettledSteps } from './store/settled-steps.ts';
import { StepStore } from './store/step-store.ts';
import { Clock } from './time/clock.ts';
import { Schedule } from './time/schedule.ts';
import { Watermark } from './time/watermark.ts';

/** Bounds of a timeline. */
export interface TimelineOptions {
  /** Conversations whose steps are kept; of as many older ones the figures are. Default: 1000. */
  readonly conversationsKept?: number;
  /** Default: 20,000. */
  readonly stepsKept?: number;
  /**
   * How much later than others an event may come, and still get its full meaning, in milliseconds. It grows while events come
   * later than that, up to 5 s. Default: 200; for a recording that is read as a whole, 5,000 costs nothing.
   */
  readonly latenessMs?: number;
}

/** What a renderer has to do to be up to date. */
export interface Changes {
  /** To be given to `changedSince` the next time. */
  readonly revision: number;
  /** The renderer's revision is too old, or 0: what follows is all that there is. */
  readonly isWhole: boolean;
  /** New or changed, in time order. */
  readonly steps: readonly Step[];
  /** By id: no longer kept. */
  readonly forgotten: readonly number[];
  readonly conversations: readonly Conversation[];
  readonly forgottenConversations: readonly number[];
}

/**
 * @example
 * const timeline = new Timeline();
 * for await (const event of events) {
 *   timeline.add(event);
 *   for (const step of timeline.takeSettled()) console.log(step.title, step.sentence);
 * }
 * timeline.end();
 */
export class Timeline {
  readonly #clock = new Clock();
  readonly #schedule = new Schedule();
  readonly #context: Context;
  readonly #store: StepStore;
  readonly #conversations: Conversations;
  readonly #gathering: Gathering;
  readonly #settled: SettledSteps;
  readonly #watermark: Watermark;
  #isEnded = false;

  constructor({
    conversationsKept = 1000,
    stepsKept = 20_000,
    latenessMs = 200,
  }: TimelineOptions = {}) {
    const hosts = new KnownHosts();
    this.#watermark = new Watermark(latenessMs * 1e6);
    this.#store = new StepStore(stepsKept, (record) => this.#onForgotten(record));
    this.#conversations = new Conversations({
      hosts,
      kept: conversationsKept,
      nextRevision: () => this.#store.nextRevision(),
      onSummedUp: (gone) =>
        this.#store.forgetAll(({ conversation: of }) => of !== undefined && gone.has(of)),
    });
    this.#context = {
      ...{ hosts, store: this.#store, conversations: this.#conversations },
      captures: new Captures(),
      sockets: new Sockets(),
      errors: new SocketErrors(),
      connects: new Connects(),
      fragments: new Fragments(),
      traced: new TracedHosts(),
    };
    this.#settled = new SettledSteps(this.#store);
    this.#gathering = new Gathering(this.#context, this.#schedule, this.#clock, (record) =>
      this.#settled.add(record),
    );
  }

  /** Takes an event, in whatever order they come. One without a time that can be read is left out. */
  add(event: LabEvent): void {
    const ns = this.#clock.ns(event.atNs);
    if (ns === undefined) return;
    this.#gathering.add(event, ns);
    const took = event.kind === 'call' && event.stage === 'returned' ? (event.tookNs ?? 0) : 0;
    this.#watermark.see(ns + took);
    this.#follow(this.#watermark.ns);
  }

  /** Time goes on though nothing happens: what has not arrived is lost, and what nobody adds to is settled. */
  advance(nowNs: string): void {
    const ns = this.#clock.ns(nowNs);
    if (ns === undefined) return;
    this.#watermark.goOn(ns);
    this.#follow(this.#watermark.ns);
  }

  /**
   * Nothing more will come, as at the end of a recording: all is settled. A packet that left too shortly before the end to be
   * missed stays under way.
   */
  end(): void {
    this.#isEnded = true;
    this.#gathering.end(this.#watermark.nowNs);
    this.#follow(Number.POSITIVE_INFINITY);
  }

  /** All that are kept, in time order. */
  get steps(): readonly Step[] {
    return this.#store.steps;
  }

  /** In the order in which they began. */
  get conversations(): readonly Conversation[] {
    return this.#conversations.values;
  }

  /** Goes up with every change. */
  get revision(): number {
    return this.#store.revision;
  }

  /** What has changed since a revision; all for 0. Costs what has changed, not what there is. */
  changedSince(revision: number): Changes {
    const changes = revision > 0 ? this.#store.changedSince(revision) : undefined;
    const { conversations, forgotten } = this.#conversations.changedSince(changes ? revision : 0);
    return {
      revision: this.revision,
      isWhole: changes === undefined,
      steps: changes?.steps ?? this.steps,
      forgotten: changes?.forgotten ?? [],
      conversations,
      forgottenConversations: changes ? forgotten : [],
    };
  }

  /**
   * The steps that have got their last place since the last time, in time order: what a terminal prints. Each comes once; only
   * one that came when it had waited for a second without an end comes a second time, when it has ended.
   */
  takeSettled(): Step[] {
    return this.#settled.take(this.#isEnded ? Number.POSITIVE_INFINITY : this.#watermark.ns);
  }

  #follow(ns: number): void {
    for (let due = this.#schedule.take(ns); due; due = this.#schedule.take(ns)) due.happen();
    this.#conversations.idleBefore(ns);
  }

  #onForgotten(record: StepRecord): void {
    if (record.conversation) this.#conversations.stepForgotten(record.conversation);
  }
}
