import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { ask, demultiplex } from './docker.ts';
import type { LogEvent } from './event.ts';

export interface LogOptions {
  /** Go on with what is logged from now on, until the host ends or `signal` is aborted. Default: false. */
  readonly follow?: boolean;
  /** Leave out what was logged before. Default: false. */
  readonly fromNow?: boolean;
  /** Leave out what was logged before that. */
  readonly since?: Date;
  readonly signal?: AbortSignal;
}

/** The lines that a host has logged, on both outputs, each with the time at which the engine received it. */
export async function* readLog(
  host: { id: string; name: string },
  { follow = false, fromNow = false, since, signal }: LogOptions = {},
): AsyncGenerator<LogEvent> {
  const options = {
    stdout: true,
    stderr: true,
    timestamps: true,
    ...(fromNow && { tail: 0 }),
    ...(since && { since: since.getTime() / 1000 }),
  };
  const stream: NodeJS.ReadableStream = await ask(
    `read the log of host "${host.name}"`,
    async (engine) => {
      const container = engine.getContainer(host.id);
      if (follow)
        return container.logs({ ...options, follow: true, ...(signal && { abortSignal: signal }) });
      return PassThrough.from([await container.logs({ ...options, follow: false })]);
    },
  );
  const text = new PassThrough();
  demultiplex(stream, text, text);
  stream.on('end', () => text.end());
  stream.on('error', () => text.end()); // an abort is an end
  for await (const line of createInterface({ input: text })) yield logEvent(host.name, line);
}

/** A line as the engine gives it with timestamps: `2026-01-31T12:00:00.123456789Z text`. */
function logEvent(host: string, stamped: string): LogEvent {
  const space = stamped.indexOf(' ');
  return {
    kind: 'log',
    atNs: nanoseconds(stamped.slice(0, space)),
    host,
    line: stamped.slice(space + 1),
  };
}

/** Nanoseconds since 1970 of an RFC 3339 time with up to nine decimals, as the engine writes it. */
function nanoseconds(time: string): string {
  const [seconds = '', fraction = ''] = time.replace('Z', '').split('.');
  return `${Date.parse(`${seconds}Z`) / 1000}${fraction.padEnd(9, '0')}`;
}
