/**
 * Chooses a sample of events when there are more than a person can follow: whole conversations, or, of a conversation that is too much
 * by itself, whole packets. A packet whose departure is shown and whose arrival is not would look lost.
 */
import type { LabEvent } from '../lab/index.ts';
import { LruMap } from '../lab/util/lru-map.ts';
import { type EventKey, eventKey } from './event-key.ts';
import type { Rate } from './messages.ts';

const WINDOW_MS = 1000;
/** More than are on their way, or waiting, at a time. */
const CHOICES_MAX = 20_000;

interface Choice {
  readonly isShown: boolean;
  /** What of it has come. A part that comes again is of another packet: not all of them can be told apart. */
  readonly parts: Set<string | undefined>;
}

export class Sampler {
  readonly #maxPerSecond: number;
  /** The share of the conversations, or packets, that is shown, 0 to 1. */
  #share = 1;
  #windowStartMs = Number.NEGATIVE_INFINITY;
  #seen = 0;
  #shown = 0;
  /** The number of shown events at which the share is halved within a window. */
  #nextHalving: number;
  readonly #ofConversation = new Map<string, number>();
  /** Of each packet and call: what of it comes later is shown or left out with it. */
  readonly #choices = new LruMap<string, Choice>(CHOICES_MAX);
  #lastRate: Rate = { seen: 0, shown: 0 };

  constructor(maxPerSecond: number) {
    this.#maxPerSecond = maxPerSecond;
    this.#nextHalving = maxPerSecond;
  }

  /** Whether an event is shown. To be called once for each, in order. */
  admits(event: LabEvent, nowMs: number): boolean {
    this.#turnWindow(nowMs);
    this.#seen += 1;
    const isShown = this.#isChosen(event);
    if (isShown) this.#shown += 1;
    if (this.#shown >= this.#nextHalving) {
      this.#share /= 2;
      this.#nextHalving += this.#maxPerSecond / 8;
    }
    return isShown;
  }

  /** The rate in the last whole second. */
  rate(nowMs: number): Rate {
    this.#turnWindow(nowMs);
    return this.#lastRate;
  }

  #isChosen(event: LabEvent): boolean {
    const key = eventKey(event);
    if (key === undefined) return true;
    const part = partOf(event);
    const known = this.#choices.get(key.packet);
    if (known && (part === undefined || !known.parts.has(part))) {
      known.parts.add(part);
      return known.isShown;
    }
    const isShown = this.#choose(key);
    this.#choices.set(key.packet, { isShown, parts: new Set([part]) });
    return isShown;
  }

  #choose(key: EventKey): boolean {
    const count = (this.#ofConversation.get(key.conversation) ?? 0) + 1;
    this.#ofConversation.set(key.conversation, count);
    if (this.#share === 1) return true;
    const isTooMuchAlone = count > this.#maxPerSecond / 2;
    return fraction(isTooMuchAlone ? key.packet : key.conversation) < this.#share;
  }

  #turnWindow(nowMs: number): void {
    const elapsedMs = nowMs - this.#windowStartMs;
    if (elapsedMs < WINDOW_MS) return;
    const isNext = elapsedMs < 2 * WINDOW_MS;
    this.#lastRate = isNext ? { seen: this.#seen, shown: this.#shown } : { seen: 0, shown: 0 };
    const wanted = this.#maxPerSecond / Math.max(this.#lastRate.seen, 1);
    this.#share = Math.min(1, wanted);
    this.#windowStartMs = isNext ? this.#windowStartMs + WINDOW_MS : nowMs;
    this.#seen = 0;
    this.#shown = 0;
    this.#nextHalving = this.#maxPerSecond;
    this.#ofConversation.clear();
  }
}

/** Undefined for the fate of a packet, which may have several. */
function partOf(event: LabEvent): string | undefined {
  if (event.kind === 'packet') return event.direction;
  return event.kind === 'call' ? event.stage : undefined;
}

/** A number from 0 to below 1 that is the same for the same text, by FNV-1a (RFC 9923) with the bits mixed at the end. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
