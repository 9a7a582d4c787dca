/**
 * The forms of a line that strace prints (strace(1), "The trace format"), with the options of `strace-command.ts`:
 *
 *     7 1795373762.196409121 accept4(3<…>, NULL, NULL, SOCK_CLOEXEC) = 4<…> <0.000029795>     whole
 *     7 1795373762.619327306 write(19<…>, "\x48\x65", 2 <unfinished ...>                      begun
 *     7 1795373762.619603176 <... write resumed>) = 2 <0.000211395>                           resumed
 *     7 1795373762.620000000 +++ exited with 0 +++                                            ended
 *
 * Every string is in hexadecimal, so that nothing that a program sends, or names itself, can be taken for a part of the line.
 */

/** The result of a call. */
export interface Outcome {
  /** Missing if the call failed, or was interrupted. */
  readonly result?: number;
  /** As errno(3) names it; the kernel's own `ERESTART…` for a call that it restarts by itself. */
  readonly error?: string;
  /** The annotation of the number: for a descriptor, what it refers to. */
  readonly annotation: string;
  readonly tookNs: number;
}

interface OfThread {
  /** The thread's number, as the host numbers it. */
  readonly tid: number;
  /** Nanoseconds since 1970, in decimal. */
  readonly atNs: string;
}

export type StraceLine = OfThread &
  (
    | { readonly form: 'whole'; readonly call: string; readonly text: string; outcome: Outcome }
    | { readonly form: 'begun'; readonly call: string; readonly text: string }
    | { readonly form: 'resumed'; readonly call: string; readonly text: string; outcome: Outcome }
    | { readonly form: 'ended' }
  );

const START = /^(?:\[pid +)?([0-9]{1,9})\]? +([0-9]{1,12})\.([0-9]{9}) /;
const BEGUN = /^([a-z0-9_]{1,40})\(/;
const RESUMED = /^<\.\.\. ([a-z0-9_]{1,40}) resumed>/;
const UNFINISHED = ' <unfinished ...>';
const NS_PER_SECOND = 1_000_000_000;

/** Parses a line; undefined if it is none of these. A line that has not ended yet is a call that has `begun`. */
export function readLine(line: string): StraceLine | undefined {
  const start = START.exec(line);
  if (start === null) return undefined;
  const [all, tid, seconds, fraction] = start;
  const of = { tid: Number(tid), atNs: `${seconds}${fraction}` };
  const rest = line.slice(all.length);
  if (rest.startsWith('+++ ')) return { ...of, form: 'ended' };
  const resumed = RESUMED.exec(rest);
  const begun = resumed ?? BEGUN.exec(rest);
  if (begun === null) return undefined;
  const [front, call = ''] = begun;
  const body = rest.slice(front.length);
  const end = readEnd(body);
  if (end) return { ...of, form: resumed ? 'resumed' : 'whole', call, ...end };
  if (resumed) return undefined;
  const text = body.endsWith(UNFINISHED) ? body.slice(0, -UNFINISHED.length) : body;
  return { ...of, form: 'begun', call, text };
}

const END = ') = ';
const NUMBER = /^(-?[0-9]{1,19})(?:<([^ ]*)>)?(?: (E[A-Z0-9]+) )?/;
const BROKEN_OFF = /^\?(?: (E[A-Z0-9]+) )?/;
const TOOK = / <([0-9]{1,9})\.([0-9]{9})>$/;

function readEnd(body: string): { text: string; outcome: Outcome } | undefined {
  const at = body.lastIndexOf(END);
  if (at < 0) return undefined;
  const text = body.slice(0, at);
  const end = body.slice(at + END.length);
  const [, seconds = 0, fraction = 0] = TOOK.exec(end) ?? [];
  const tookNs = Number(seconds) * NS_PER_SECOND + Number(fraction);
  const number = NUMBER.exec(end);
  if (number === null) {
    const error = BROKEN_OFF.exec(end)?.[1];
    return { text, outcome: { annotation: '', tookNs, ...(error && { error }) } };
  }
  const [, value, annotation = '', error] = number;
  const outcome = { annotation, tookNs };
  if (error) return { text, outcome: { ...outcome, error } };
  return { text, outcome: { ...outcome, result: Number(value) } };
}
