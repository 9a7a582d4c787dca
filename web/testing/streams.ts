import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const STARTED = 'http.server.request.start';

/** The event streams that servers of this process have open, to be cut as a network would. */
export class Streams implements Disposable {
  readonly #requests = new Set<IncomingMessage>();
  readonly #started = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    if (!request.url?.includes('/events')) return;
    this.#requests.add(request);
    request.socket.once('close', () => this.#requests.delete(request));
  };

  constructor() {
    subscribe(STARTED, this.#started);
  }

  cut(): void {
    for (const { socket } of this.#requests) socket.destroy();
  }

  [Symbol.dispose](): void {
    unsubscribe(STARTED, this.#started);
  }
}
