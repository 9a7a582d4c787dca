/**
 * What a process and its observer speak. The process writes a command a line, in JSON; the observer answers in frames, which are
 * numbered for each program: `stdout` and `stderr` are what it prints, `news` is JSON.
 *
 *     process                                                     observer
 *        │ ── { "start": 3, "pid": 4711, … } ─────────────────────▶ │
 *        │ ◀─ news { "began": 3 } ───────────────────────────────── │
 *        │ ◀─ stdout of 3 … ─────────────────────────────────────── │
 *        │ ── { "end": 3 } ───────────────────────────────────────▶ │
 *        │ ◀─ news { "ended": 3, "exitCode": 0 } ────────────────── │
 */
import { type Frame, frame } from './frames.ts';

/** Something that looks at a host. */
export interface Start {
  /** Its number: each is used once. */
  readonly start: number;
  /** The first process of the host, in the PID namespace of the engine. */
  readonly pid: number;
  /** The id of the host's container: a process of another one may have got the same PID since. */
  readonly container: string;
}

/** A capture, by the observer itself: it prints what `capture-frames.ts` describes. */
export interface CaptureStart extends Start {
  readonly captures: true;
}

/** A program beside a host. */
export interface ProgramStart extends Start {
  /** Whether it also enters the host's PID namespace. */
  readonly seesProcesses: boolean;
  /** Those that it keeps, as in `net_raw`. */
  readonly capabilities: readonly string[];
  readonly command: readonly string[];
}

/** The tracer of all hosts, which `in-probe/trace/bpf/` describes: it stays among the processes of the machine. */
export interface TracerStart {
  readonly start: number;
  readonly traces: true;
}

export type ObserverCommand =
  | CaptureStart
  | ProgramStart
  | TracerStart
  /** Something for the standard input of a tracer. */
  | { readonly input: number; readonly text: string }
  /** It is to end: a program's standard input is closed, and if it does not end then, it is killed. */
  | { readonly end: number }
  /** Its output is not read fast enough, and is to wait. */
  | { readonly pause: number }
  | { readonly resume: number };

export type ObserverNews =
  | { readonly began: number }
  /** It was not started, because the host has ended. */
  | { readonly refused: number }
  /** Like a shell: 128 and the number of the signal, if that has ended it. */
  | { readonly ended: number; readonly exitCode: number };

export type Output = 'stdout' | 'stderr';
const OUTPUTS: readonly Output[] = ['stdout', 'stderr'];

/** What a frame of the observer is. */
export type ObserverMessage =
  | { readonly news: ObserverNews }
  | { readonly program: number; readonly output: Output; readonly data: Buffer };

const NEWS = 0;

export const newsFrame = (news: ObserverNews) => frame(NEWS, Buffer.from(JSON.stringify(news)));

/** @param program its number, from 1 to 2^31 - 1 */
export const outputFrame = (program: number, output: Output, data: Uint8Array) =>
  frame(2 * program + OUTPUTS.indexOf(output), data);

export function messageOf({ number, data }: Frame): ObserverMessage {
  if (number === NEWS) return { news: JSON.parse(data.toString()) as ObserverNews };
  const output = OUTPUTS[number % 2] as Output;
  return { program: Math.floor(number / 2), output, data };
}
