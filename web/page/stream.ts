/** The connection to the server. If it is lost it is opened again, and continues after the last event. */
import type { Messages } from '../messages.ts';

/** The server sends a heartbeat every 2 s; after several missing ones the connection counts as lost. */
const SILENCE_MS = 10_000;

export type Connection = 'connecting' | 'live' | 'playing' | 'lost' | 'refused' | 'ended';

export type Handlers = {
  readonly [Name in keyof Messages]?: (data: Messages[Name]) => void;
} & { readonly connection: (state: Connection) => void };

const messageNames = ['hello', 'events', 'gap', 'held', 'end', 'heartbeat'] as const;

export class Stream {
  readonly #handlers: Handlers;
  #source: EventSource | undefined;
  #lastId = '';
  #silence: number | undefined;

  constructor(handlers: Handlers) {
    this.#handlers = handlers;
  }

  connect(): void {
    this.#source?.close();
    const after = this.#lastId === '' ? '' : `?after=${this.#lastId}`;
    const source = new EventSource(`events${after}`);
    this.#source = source;
    source.onopen = () => this.#handlers.connection('live');
    // The browser tries again by itself, but not when the server has answered that it will not.
    source.onerror = () =>
      this.#handlers.connection(source.readyState === EventSource.CLOSED ? 'refused' : 'lost');
    for (const name of messageNames) this.#listen(source, name);
    this.#watch();
  }

  #listen<Name extends keyof Messages>(source: EventSource, name: Name): void {
    source.addEventListener(name, ({ data, lastEventId }: MessageEvent<string>) => {
      this.#watch();
      if (lastEventId !== '') this.#lastId = lastEventId;
      const handle = this.#handlers[name] as ((data: Messages[Name]) => void) | undefined;
      handle?.(JSON.parse(data) as Messages[Name]);
    });
  }

  #watch(): void {
    window.clearTimeout(this.#silence);
    this.#silence = window.setTimeout(() => {
      this.#handlers.connection('lost');
      this.connect();
    }, SILENCE_MS);
  }
}
