/** The connection to the server. If it is lost it is opened again, and continues after the last event. */
import type { Messages } from '../messages.ts';
import { Lag } from './lag.ts';

/** The server sends a heartbeat every 2 s; after several missing ones the connection counts as lost. */
const SILENCE_MS = 10_000;
/** How soon another attempt is made; after each that fails, twice as long. */
const RETRY_MS = { first: 500, longest: 15_000 };

/** `lost`: just now; `gone`: the server did not answer another attempt, either. */
export type Connection = 'connecting' | 'live' | 'playing' | 'lost' | 'gone' | 'ended';

export type Handlers = {
  readonly [Name in keyof Messages]: (data: Messages[Name]) => void;
} & {
  readonly connection: (state: Connection) => void;
  /** How far the page is behind. */
  readonly behind: (ms: number) => void;
};

const messageNames = ['hello', 'events', 'gap', 'held', 'end', 'heartbeat'] as const;

export class Stream {
  readonly #handlers: Handlers;
  #source: EventSource | undefined;
  #lastId = '';
  #timer: number | undefined;
  #failures = 0;
  #lag = new Lag();

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  connect(where = this.#lastId === '' ? '' : `after=${this.#lastId}`): void {
    this.#source?.close();
    this.#lag = new Lag();
    const source = new EventSource(`events?${where}`);
    this.#source = source;
    source.onerror = () => this.#fail();
    for (const name of messageNames) this.#listen(source, name);
    this.#watch();
  }

  #listen<Name extends keyof Messages>(source: EventSource, name: Name): void {
    source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
      this.#watch();
      if (lastEventId !== '') this.#lastId = lastEventId;
      const message = JSON.parse(data) as Messages[Name];
      // One type for each name, and the handler of the same name: more than can be said here.
      (this.#handlers[name] as (data: Messages[Name]) => void)(message);
      if (name === 'hello') this.#succeed();
      if (typeof message === 'object' && message && 'timing' in message) this.#time(message.timing);
    });
  }

  #time(timing: Messages['heartbeat']['timing']): void {
    const nowMs = performance.now();
    this.#lag.see(timing, nowMs);
    this.#handlers.behind(this.#lag.behindMs);
    if (this.#lag.isTooMuch(nowMs)) this.connect('newest');
  }

  #succeed(): void {
    this.#failures = 0;
    this.#handlers.connection('live');
  }

  #fail(): void {
    this.#source?.close();
    this.#failures += 1;
    this.#handlers.connection(this.#failures > 1 ? 'gone' : 'lost');
    const waitMs = Math.min(RETRY_MS.first * 2 ** (this.#failures - 1), RETRY_MS.longest);
    this.#after(waitMs, () => this.connect());
  }

  #watch(): void {
    this.#after(SILENCE_MS, () => this.#fail());
  }

  #after(ms: number, what: () => void): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(what, ms);
  }
}
