/**
 * Recordings: JSON Lines (https://jsonlines.org), first one that names the format and its version, then a `LabEvent` each; for
 * other tools they are described in `docs/recording.md`. Nothing of Node.js is used, so that a page reads them too.
 *
 *     events ──recordingHeader, eventLine──▶ file ──readRecording──▶ events
 */
import type { LabEvent } from './event.ts';

const FORMAT = 'socketlab-recording';
/** Goes up when an event changes in a way that a reader of the version before would misunderstand. */
const VERSION = 1;

/** The line that a recording begins with, with its newline. */
export const recordingHeader = `${JSON.stringify({ format: FORMAT, version: VERSION })}\n`;

/** A line longer than that is no event: the longest packet takes 88,000 characters in base64. */
const LINE_MAX = 1_000_000;
const SHOWN_MAX = 40;
/** What an event of each kind cannot be without, and of what type that is. */
const contents: ReadonlyMap<unknown, readonly [field: string, type: 'object' | 'string']> = new Map(
  [
    ['packet', ['packet', 'object']],
    ['call', ['call', 'string']],
    ['fate', ['packet', 'object']],
    ['log', ['line', 'string']],
    ['fault', ['fault', 'string']],
    ['host', ['addresses', 'object']],
    ['capture', ['change', 'string']],
    ['omission', ['omitted', 'object']],
  ],
);

/** A recording that cannot be read; `line` counts from 1. */
export class RecordingError extends Error {
  /** As of every error of this class. */
  override readonly name = 'RecordingError';
  /** What is wrong with it. */
  readonly code = 'BAD_RECORDING';
  /** The number of the line, from 1. */
  readonly line: number;

  constructor(line: number, why: string, options?: ErrorOptions) {
    super(`Cannot read line ${line} of the recording: ${why}`, options);
    this.line = line;
  }
}

/** An event as a line of a recording, with its newline. */
export function eventLine(event: LabEvent): string {
  return `${JSON.stringify(event)}\n`;
}

/**
 * The events of a recording as it comes, wherever its chunks are cut. Empty lines are left out.
 *
 * @throws {RecordingError} for a recording of another version, and for a line that is not an event; the events before it have been
 *   given by then.
 * @example
 * for await (const event of readRecording(createReadStream('lab.jsonl'))) timeline.add(event);
 */
export async function* readRecording(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<LabEvent> {
  let number = 0;
  let hasHeader = false;
  for await (const line of linesOf(chunks)) {
    number += 1;
    if (line.length > LINE_MAX) {
      throw new RecordingError(number, `it is longer than ${LINE_MAX} characters`);
    }
    if (line.trim() === '') continue;
    if (hasHeader) yield parseEvent(line, number);
    else checkHeader(line, number);
    hasHeader = true;
  }
}

/** @throws {RecordingError} */
function checkHeader(line: string, number: number): void {
  const { format, version } = Object(parse(line, number));
  const needed = recordingHeader.trim();
  if (format !== FORMAT) {
    const old = 'recordings from before there were versions cannot be read';
    throw new RecordingError(number, `it must be ${needed}, but is ${shown(line)}; ${old}`);
  }
  if (version !== VERSION)
    throw new RecordingError(
      number,
      `its version must be ${VERSION}, but is ${shown(String(version))}`,
    );
}

/** @throws {RecordingError} */
function parseEvent(line: string, number: number): LabEvent {
  const value = parse(line, number);
  const what = value as Readonly<Record<string, unknown>> | null;
  if (typeof what !== 'object' || what === null) throw notAnEvent(number, line, 'an object');
  const content = contents.get(what['kind']);
  if (content === undefined) throw notAnEvent(number, line, 'a known "kind"');
  // As a number it would not be exact.
  const { atNs, host } = what;
  if (typeof atNs !== 'string' || !/^\d{1,20}$/.test(atNs))
    throw notAnEvent(number, line, '"atNs" in nanoseconds');
  if (typeof host !== 'string') throw notAnEvent(number, line, 'a "host"');
  const [field, type] = content;
  if (typeof what[field] !== type || what[field] === null) {
    throw notAnEvent(number, line, `a "${field}" of its kind`);
  }
  // Made by `eventLine`: what is inside is not looked at any closer, here or where other events come from.
  return value as LabEvent;
}

function parse(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new RecordingError(number, `it is not JSON, but ${shown(line)}`, { cause });
  }
}

function notAnEvent(number: number, line: string, needed: string): RecordingError {
  return new RecordingError(number, `an event needs ${needed}, but it is ${shown(line)}`);
}

/** Safe for a terminal: anybody may have written the file. */
function shown(line: string): string {
  return JSON.stringify(line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}…` : line);
}

async function* linesOf(
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    // Or a file without a newline would be taken into memory as a whole.
    if (rest.length > LINE_MAX) yield rest;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}
