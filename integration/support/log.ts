import { EventEmitter, once } from 'node:events';
import type { Host } from '../../lab/index.ts';

/** One event of a service's log, as in its JSON line. */
export interface LogEvent {
  readonly event: string;
  readonly level: string;
  /** When it was logged (RFC 3339). */
  readonly time: string;
  readonly msg: string;
  readonly local?: { address: string; port: number };
  readonly peer?: { address: string; port: number };
  readonly bytes?: number;
  readonly text?: string;
  readonly tries?: number;
  readonly roundTripMs?: number;
}

/** Only a test that fails waits for so long. */
const TIMEOUT_MS = 60_000;

/** What a host prints, line by line, from its start on. */
export class Log {
  readonly lines: string[] = [];
  readonly #events: LogEvent[] = [];
  /** Resolves when the host has ended, and all of its lines are here; with an error, when it could not be read. */
  readonly ended: Promise<Error | undefined>;
  readonly #news = new EventEmitter();

  constructor(host: Host) {
    this.ended = this.#follow(host).then(
      () => undefined,
      (error: Error) => error,
    );
  }

  /** The events of one kind, so far. */
  events(event: string): LogEvent[] {
    return this.#events.filter((logged) => logged.event === event);
  }

  /** Resolves with the n-th event of a kind, as soon as it is logged. */
  event(event: string, n = 1): Promise<LogEvent> {
    return this.#until(`event "${event}" (no. ${n})`, () => this.events(event)[n - 1]);
  }

  /** Resolves with the event of a kind that is about this port of the peer. */
  eventOf(event: string, port: number | undefined): Promise<LogEvent> {
    const find = () => this.events(event).find(({ peer }) => peer?.port === port);
    return this.#until(`event "${event}" of port ${port}`, find);
  }

  /** Resolves with the first line that matches, as soon as it is printed. */
  line(pattern: RegExp): Promise<string> {
    return this.#until(`line ${pattern}`, () => this.lines.find((line) => pattern.test(line)));
  }

  async #follow(host: Host): Promise<void> {
    for await (const { line } of host.logs({ follow: true })) {
      this.lines.push(line);
      this.#events.push(...jsonLines<LogEvent>([line]));
      this.#news.emit('line');
    }
  }

  /** @throws {Error} with the whole log, when the host ends, or the time is over, without it. */
  async #until<T>(what: string, find: () => T | undefined): Promise<T> {
    const over = Promise.race([this.ended, once(AbortSignal.timeout(TIMEOUT_MS), 'abort')]);
    for (let isOver = false; ; ) {
      const found = find();
      if (found !== undefined) return found;
      if (isOver)
        throw new Error(`No ${what} in:\n${this.lines.join('\n')}`, { cause: await over });
      isOver = await Promise.race([
        once(this.#news, 'line').then(() => false),
        over.then(() => true),
      ]);
    }
  }
}

/** Those lines that are JSON objects, parsed; a program in another language prints none. */
export function jsonLines<T>(lines: readonly string[]): T[] {
  return lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}
