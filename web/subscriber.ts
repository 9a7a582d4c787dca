/**
 * One page that listens: Server-Sent Events (WHATWG HTML, section 9.2) over an answer that does not end.
 *
 * Nothing is queued for a page. It has a place in the ring, and goes on from there whenever its connection takes more; where
 * the ring has moved on meanwhile, the page gets the size of the gap. So a slow page costs no memory.
 */
import type { ServerResponse } from 'node:http';
import type { Messages, Rate, Timing } from './messages.ts';
import { beginReply } from './reply.ts';
import type { Kept, Ring } from './ring.ts';

const MAX_EVENTS_A_MESSAGE = 500;
/** As many a page gets that could not keep up, and goes on with the newest. */
const NEWEST = 500;
/** A page that reads nothing for this long is disconnected; if it lives, it reconnects and goes on where it was. */
const STALLED_MS = 30_000;

/** Where a page begins. */
export interface Beginning {
  /** Behind the event with that number, which it has had; default: with the first one that is kept. */
  readonly after?: number | undefined;
  /** With the newest. Default: false. */
  readonly isNewest?: boolean;
}

/** The held packets: the list is made when it is sent, and sent when it has changed. */
export interface Held {
  readonly list: () => Messages['held'];
  readonly revision: number;
}

export class Subscriber {
  readonly #response: ServerResponse;
  readonly #ring: Ring;
  #lastNumber: number;
  #startsWithNewest: boolean;
  /** Of the list of held packets that it was sent last. */
  #heldRevision = -1;
  #waitsSinceMs: number | undefined;

  constructor(response: ServerResponse, ring: Ring, { after = 0, isNewest = false }: Beginning) {
    this.#response = response;
    this.#ring = ring;
    this.#lastNumber = after;
    this.#startsWithNewest = isNewest;
    beginReply(response, 200, 'text/event-stream; charset=utf-8');
  }

  /** Sends what is new, as far as the connection takes it. @returns whether the page is up to date. */
  flush(rate: Rate, { list, revision }: Held): boolean {
    if (revision !== this.#heldRevision && this.#takesMore()) {
      this.#heldRevision = revision;
      this.send('held', list());
    }
    while (this.#takesMore()) {
      const { missed, standing, kept, lastNumber, behindMs } = this.#next();
      this.#lastNumber = lastNumber;
      const before = lastNumber - kept.length;
      if (missed + standing.length > 0) {
        this.#write('gap', before, `{"missed":${missed},"standing":${listOf(standing)}}`);
      }
      if (kept.length === 0) return true;
      const about = JSON.stringify({ rate, timing: timing(behindMs) });
      const data = `${about.slice(0, -1)},"events":${listOf(kept)}}`;
      this.#write('events', lastNumber, data);
    }
    return false;
  }

  #next(): ReturnType<Ring['after']> {
    if (!this.#startsWithNewest) return this.#ring.after(this.#lastNumber, MAX_EVENTS_A_MESSAGE);
    this.#startsWithNewest = false;
    return this.#ring.newest(NEWEST);
  }

  /** Sends JSON that is put together by hand, as lines of the ring are JSON already. */
  #write(name: keyof Messages, lastNumber: number, data: string): void {
    this.#response.write(`id: ${lastNumber}\nevent: ${name}\ndata: ${data}\n\n`);
  }

  /** Sends a message that is not in the ring. */
  send<Name extends keyof Messages>(name: Name, data: Messages[Name]): void {
    this.#response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #takesMore(): boolean {
    return !this.#response.writableNeedDrain && !this.#response.destroyed;
  }

  /** Shows that the connection lives, and looks whether the page does. */
  beat(rate: Rate, nowMs: number): void {
    if (this.#takesMore()) {
      this.#waitsSinceMs = undefined;
      this.send('heartbeat', { rate, timing: timing(0) });
      return;
    }
    this.#waitsSinceMs ??= nowMs;
    if (nowMs - this.#waitsSinceMs >= STALLED_MS) this.#response.destroy();
  }

  end(): void {
    this.#response.end();
  }
}

function timing(behindMs: number): Timing {
  return { sentAtMs: performance.timeOrigin + performance.now(), behindMs };
}

/** The events that are sent to pages. */
function listOf(events: readonly Kept[]): string {
  return `[${events
    .filter(({ isShown }) => isShown)
    .map(({ line }) => line)
    .join(',')}]`;
}
