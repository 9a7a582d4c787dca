/** What a container prints, line by line, from its start on. */

import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import type { Container } from 'dockerode';
import { docker } from './docker.ts';

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
}

export class Output {
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #end = Promise.withResolvers<void>();
  #ended = false;

  /** Follows the output of a container that is running, or has run. */
  static async follow(container: Container): Promise<Output> {
    const output = new Output();
    const stream = await container.logs({ follow: true, stdout: true, stderr: true });
    const text = new PassThrough();
    docker.modem.demuxStream(stream, text, text);
    stream.on('end', () => text.end());
    createInterface({ input: text })
      .on('line', (line) => {
        output.lines.push(line);
        output.#wake();
      })
      .on('close', () => {
        output.#ended = true;
        output.#end.resolve();
        output.#wake();
      });
    return output;
  }

  /** All that a container printed which has ended. */
  static async whole(container: Container): Promise<Output> {
    const output = await Output.follow(container);
    await output.#end.promise;
    return output;
  }

  /** The lines that are log events; a service in another language prints none. */
  get events(): LogEvent[] {
    return this.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  }

  /**
   * Resolves with what `find` finds in the output, as soon as it does.
   *
   * @throws {Error} with the whole output, when the container ends, or `timeoutMs` pass, without it.
   */
  async until<T>(
    what: string,
    find: (output: Output) => T | undefined,
    timeoutMs = 20_000,
  ): Promise<T> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const found = find(this);
      if (found !== undefined) return found;
      if (this.#ended || deadline.aborted)
        throw new Error(`No ${what} in:\n${this.lines.join('\n')}`);
      await this.#change(deadline);
    }
  }

  #change(deadline: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    deadline.addEventListener('abort', () => resolve(), { once: true });
    return promise;
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
