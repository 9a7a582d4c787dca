/**
 * The events of all hosts as steps in time order, with what belongs together linked, and grouped in conversations. Pure: no
 * clock, no input or output, and nothing of Node.js, so that a page runs the same code.
 *
 *     add ─▶ 1 pairing ─▶ records ────────────────────────────────────────▶ steps, changedSince
 *               └─▶ schedule ─ 2 watermark ─▶ 3 followers ─▶ records ─▶ 4 settled ─▶ takeSettled
 *
 * 1. Pairing (`pairing/`): observations become steps as they come, in any order.
 * 2. The watermark (`schedule/`): how far time has passed; before it nothing more is expected.
 * 3. Followers (`follow/`): what is before the watermark is followed in the order of cause and effect; they link steps, note
 *    what they find, and keep conversations.
 * 4. Settled steps (`store/`): each is handed out when nothing can come before it any more.
 *
 * `known/context.ts` says what phases 1 and 3 may read and write; records are changed only by their own methods, which
 * notify the store.
 *
 * What an event means depends on what happened before it, so that is decided only in phase 3. An event that comes later than the
 * watermark gets its place as well, and as much meaning as can still be found.
 */

import type { LabEvent } from '../model/event.ts';
import { Followers } from './follow/followers.ts';
import { AcceptQueues } from './known/accept-queues.ts';
import { Captures } from './known/captures.ts';
import { Connects } from './known/connects.ts';
import type { Context, PairingContext } from './known/context.ts';
import { Conversations } from './known/conversations.ts';
import { Fragments } from './known/fragments.ts';
import { KnownHosts } from './known/known-hosts.ts';
import { Sendings } from './known/sendings.ts';
import { SocketErrors } from './known/socket-errors.ts';
import { Sockets } from './known/sockets.ts';
import { TracedHosts } from './known/traced-hosts.ts';
import { Pairing } from './pairing/pairing.ts';
import { Schedule } from './schedule/schedule.ts';
import { Watermark } from './schedule/watermark.ts';
import type { CallStep, Conversation, Step } from './step.ts';
import { SettledSteps } from './store/settled-steps.ts';
import { StepStore } from './store/step-store.ts';
import { Clock } from './time/clock.ts';

/** Bounds of a timeline. */
export interface TimelineOptions {
  /** Conversations whose steps are kept; of as many older ones, only the figures are. Default: 1000. */
  readonly conversationsKept?: number;
  /** Default: 20,000. */
  readonly stepsKept?: number;
  /**
   * What the packets and log lines of these steps carry, in characters. Where there is more, of the oldest only the beginning is
   * kept, and then the oldest are forgotten. Default: 64 million.
   */
  readonly charactersKept?: number;
  /**
   * How much later than others an event may come, and still get its full meaning, in milliseconds. It grows while events come
   * later than that, up to 5 s. Default: 200; for a recording that is read as a whole, 5,000 costs nothing.
   */
  readonly latenessMs?: number;
}

/** What a renderer needs to be up to date. */
export interface Changes {
  /** To be passed to `changedSince` the next time. */
  readonly revision: number;
  /** The renderer's revision was too old, or 0: the rest is all that there is. */
  readonly isWhole: boolean;
  /** New or changed, in time order. */
  readonly steps: readonly Step[];
  /** By id: no longer kept. */
  readonly forgotten: readonly number[];
  /** Those that are new or have changed. */
  readonly conversations: readonly Conversation[];
  /** The ids of those that the timeline no longer keeps. */
  readonly forgottenConversations: readonly number[];
}

/**
 * @example
 * const timeline = new Timeline();
 * for await (const event of events) {
 *   timeline.add(event);
 *   for (const step of timeline.takeSettled()) console.log(titleOf(step), sentenceOf(step));
 * }
 * timeline.end();
 */
export class Timeline {
  readonly #clock = new Clock();
  readonly #schedule = new Schedule();
  readonly #watermark: Watermark;
  readonly #store: StepStore;
  readonly #conversations: Conversations;
  readonly #pairing: Pairing;
  readonly #followers: Followers;
  readonly #settled: SettledSteps;

  constructor({
    conversationsKept = 1000,
    stepsKept = 20_000,
    charactersKept = 64_000_000,
    latenessMs = 200,
  }: TimelineOptions = {}) {
    const hosts = new KnownHosts();
    this.#watermark = new Watermark(latenessMs * 1e6);
    const limits = { steps: stepsKept, characters: charactersKept };
    this.#store = new StepStore(limits, (record) => this.#settled.add(record));
    this.#settled = new SettledSteps(this.#store);
    this.#conversations = new Conversations({ hosts, kept: conversationsKept, store: this.#store });
    const context: Context & PairingContext = {
      store: this.#store,
      conversations: this.#conversations,
      hosts,
      captures: new Captures(),
      sockets: new Sockets(),
      sendings: new Sendings(),
      errors: new SocketErrors(),
      connects: new Connects(),
      fragments: new Fragments(),
      traced: new TracedHosts(),
      acceptQueues: new AcceptQueues(),
    };
    this.#pairing = new Pairing(context, this.#schedule, this.#clock);
    this.#followers = new Followers(context, this.#schedule, this.#pairing);
  }

  /** Adds an event; they may come in any order. One without a readable time is left out. */
  add(event: LabEvent): void {
    const ns = this.#clock.ns(event.atNs);
    if (ns === undefined) return;
    this.#pairing.add(event, ns);
    const took = event.kind === 'call' && event.stage === 'returned' ? (event.tookNs ?? 0) : 0;
    this.#watermark.see(ns + took);
    this.#follow();
  }

  /** Time passes although nothing happens: what has not arrived by then is lost, and steps settle. */
  advance(nowNs: string): void {
    const ns = this.#clock.ns(nowNs);
    if (ns === undefined) return;
    this.#watermark.advance(ns);
    this.#follow();
  }

  /**
   * Nothing more will come, as at the end of a recording: all is settled. A packet that left too shortly before the end to be
   * missed stays in flight.
   */
  end(): void {
    this.#followers.end(this.#watermark.nowNs);
    this.#watermark.end();
    this.#follow();
  }

  /** All steps that are kept, in time order. */
  get steps(): readonly Step[] {
    return this.#store.steps;
  }

  /** All conversations that are kept, in the order in which they began. */
  get conversations(): readonly Conversation[] {
    return this.#conversations.values;
  }

  /** Goes up with every change. */
  get revision(): number {
    return this.#store.revision;
  }

  /** What has changed since a revision; everything for 0. Its cost depends on what has changed, not on what there is. */
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
   * The steps that have settled in their place since the last time, in time order: what a terminal prints. Each comes once; only
   * one that came without an end, after a second, comes a second time when it has ended.
   */
  takeSettled(): Step[] {
    return this.#settled.take(this.#watermark.ns);
  }

  /**
   * The calls that have waited for others for more than a second since the last time, with `waitedUntilNs`: what a program is
   * stuck in. Each comes once; when it has returned, `takeSettled` gives it in its place.
   */
  takeWaiting(): CallStep[] {
    return this.#settled.takeWaiting(this.#watermark.ns);
  }

  /** Follows what is before the watermark: what that schedules in turn may be, too. */
  #follow(): void {
    const { ns } = this.#watermark;
    for (let due = this.#schedule.take(ns); due; due = this.#schedule.take(ns)) {
      this.#followers.follow(due.occurrence, due.ns);
    }
    this.#conversations.idleBefore(ns);
  }
}
