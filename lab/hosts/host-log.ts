import { ask, engineError } from '../engine/docker.ts';
import { type OutputFrame, OutputFrameReader } from '../engine/frames.ts';
import type { LogEvent } from '../model/event.ts';

/** Which lines of a log are read. */
export interface LogOptions {
  /** Continue with what is logged from now on, until the host stops or `signal` is aborted. Default: false. */
  readonly follow?: boolean;
  /** Leave out what was logged before. Default: false. */
  readonly fromNow?: boolean;
  /** Leave out what was logged before that. */
  readonly since?: Date;
  /** Ends it, without an error. */
  readonly signal?: AbortSignal;
}

interface Logger {
  readonly id: string;
  readonly name: string;
}

/**
 * The lines that a host has logged on both outputs, each with the time at which the engine received it. A reader that stops
 * leaves no connection to the engine open.
 *
 * @throws {LabError} `NO_HOST` when it is gone, `NO_ENGINE` when the engine goes away meanwhile.
 */
export async function* readLog(host: Logger, options: LogOptions = {}): AsyncGenerator<LogEvent> {
  const lines = new LogLines(host.name);
  for await (const chunk of chunksOf(host, options)) yield* lines.push(chunk);
  yield* lines.end();
}

async function* chunksOf(
  { id, name }: Logger,
  { follow = false, fromNow = false, since, signal }: LogOptions,
): AsyncGenerator<Buffer> {
  const what = `read the log of host "${name}"`;
  const options = {
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(fromNow && { tail: 0 }),
    ...(since && { since: since.getTime() / 1000 }),
    ...(signal && { abortSignal: signal }),
  };
  try {
    const chunks = await ask(what, async (engine) => {
      const container = engine.getContainer(id);
      if (!follow) return [await container.logs({ ...options, follow: false })];
      return container.logs({ ...options, follow: true });
    });
    yield* chunks as AsyncIterable<Buffer> | Buffer[];
  } catch (error) {
    if (!signal?.aborted) throw engineError(what, error);
  }
}

/** How much of a line is kept; a program that prints dots may never end one. */
const LINE_BYTES_MAX = 128 * 1024;

interface BegunLine {
  readonly time: string;
  readonly parts: Buffer[];
  /** Including those that are not kept. */
  bytes: number;
}

/**
 * Reassembles lines. With timestamps, each frame of the engine's log is a message `2026-01-31T12:00:00.123456789Z text` with a
 * newline at its end. A line longer than 16 KiB comes in several frames, each with a time of its own. Of a line longer than
 * 128 KiB only the beginning is kept, and its length.
 */
export class LogLines {
  readonly #host: string;
  readonly #frames = new OutputFrameReader();
  readonly #begun = new Map<OutputFrame['output'], BegunLine>();

  constructor(host: string) {
    this.#host = host;
  }

  push(chunk: Buffer): LogEvent[] {
    return this.#frames.push(chunk).flatMap((frame) => this.#add(frame));
  }

  /** The rest at the end: lines without a newline. */
  end(): LogEvent[] {
    const whole = this.#frames.end().flatMap((frame) => this.#add(frame));
    return [...whole, ...[...this.#begun.keys()].flatMap((output) => this.#take(output))];
  }

  #add({ output, data, isContinued }: OutputFrame): LogEvent[] {
    const space = isContinued ? -1 : data.indexOf(' ');
    const begun = this.#begun.get(output) ?? {
      time: data.toString('latin1', 0, space),
      parts: [],
      bytes: 0,
    };
    const text = data.subarray(space + 1);
    const room = Math.max(0, LINE_BYTES_MAX - begun.bytes);
    if (room > 0) begun.parts.push(text.subarray(0, room));
    begun.bytes += text.length;
    this.#begun.set(output, begun);
    return text.at(-1) === NEWLINE ? this.#take(output) : [];
  }

  #take(output: OutputFrame['output']): LogEvent[] {
    const begun = this.#begun.get(output);
    this.#begun.delete(output);
    if (begun === undefined) return [];
    const text = Buffer.concat(begun.parts).toString();
    const isWhole = begun.bytes <= LINE_BYTES_MAX;
    const line = isWhole ? text.replace(/\r?\n$/, '') : `${text}… (${begun.bytes} bytes)`;
    return [{ kind: 'log', atNs: nanoseconds(begun.time), host: this.#host, line }];
  }
}

const NEWLINE = 10;

/** The nanoseconds since 1970 of an RFC 3339 time with up to nine decimals, as the engine writes it. */
function nanoseconds(time: string): string {
  const [seconds = '', fraction = ''] = time.replace('Z', '').split('.');
  return `${Date.parse(`${seconds}Z`) / 1000}${fraction.padEnd(9, '0')}`;
}
