/**
 *   source ──▶ ring ──every 20 ms──▶ subscriber ──▶ page
 *                └──▶ files to save
 */
import type { ServerResponse } from 'node:http';
import type { LabEvent } from '../lab/index.ts';
import { lastingOf } from './lasting.ts';
import type { Messages } from './messages.ts';
import { Ring, type RingLimits } from './ring.ts';
import { Sampler } from './sampler.ts';
import { type Held, Subscriber } from './subscriber.ts';

/** A page redraws 60 times a second: sooner than that, what has gathered need not be sent. */
const FLUSH_MS = 20;
const HEARTBEAT_MS = 2000;

export interface BroadcastOptions extends RingLimits {
  /** Beyond this rate pages get a sample. Default: 500. */
  readonly maxEventsPerSecond?: number;
}

/** Tells every page the events of one source. */
export class Broadcast implements Disposable {
  readonly ring: Ring;
  readonly #sampler: Sampler;
  readonly #subscribers = new Set<Subscriber>();
  readonly #heartbeat: NodeJS.Timeout;
  #flushing: NodeJS.Timeout | undefined;
  #end: Messages['end'] | undefined;
  #held: Held = { list: () => null, revision: 0 };

  constructor({ maxEventsPerSecond = 500, ...limits }: BroadcastOptions) {
    this.ring = new Ring(limits);
    this.#sampler = new Sampler(maxEventsPerSecond);
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref();
  }

  push(event: LabEvent): void {
    const isShown = this.#sampler.admits(event, performance.now());
    this.ring.push({ line: JSON.stringify(event), isShown, lasting: lastingOf(event) });
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** There will be no more events. */
  finish(end: Messages['end']): void {
    this.#end = end;
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Other packets wait for a decision. Of several changes in a row, pages get the last. */
  heldChanged(list: Held['list']): void {
    this.#held = { list, revision: this.#held.revision + 1 };
    this.#flushing ??= setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Adds a page: it continues after the event with the number `?after=`, begins with the newest (`?newest`), or with the first. */
  subscribe(response: ServerResponse, query: URLSearchParams): Subscriber {
    const after = query.get('after') ?? '';
    const number = /^\d{1,15}$/.test(after) ? Number(after) : undefined;
    const beginning = { after: number, isNewest: query.has('newest') };
    const subscriber = new Subscriber(response, this.ring, beginning);
    this.#subscribers.add(subscriber);
    response.on('drain', () => this.#flushOne(subscriber));
    response.on('close', () => this.#subscribers.delete(subscriber));
    return subscriber;
  }

  /** Has a new page catch up at once. */
  catchUp(subscriber: Subscriber): void {
    this.#flushOne(subscriber);
  }

  #flush(): void {
    this.#flushing = undefined;
    for (const subscriber of this.#subscribers) this.#flushOne(subscriber);
  }

  #flushOne(subscriber: Subscriber): void {
    const isUpToDate = subscriber.flush(this.#sampler.rate(performance.now()), this.#held);
    if (isUpToDate && this.#end !== undefined) subscriber.send('end', this.#end);
  }

  #beat(): void {
    const nowMs = performance.now();
    const rate = this.#sampler.rate(nowMs);
    for (const subscriber of this.#subscribers) subscriber.beat(rate, nowMs);
  }

  /** Ends all connections. */
  [Symbol.dispose](): void {
    clearInterval(this.#heartbeat);
    clearTimeout(this.#flushing);
    for (const subscriber of this.#subscribers) subscriber.end();
    this.#subscribers.clear();
  }
}
