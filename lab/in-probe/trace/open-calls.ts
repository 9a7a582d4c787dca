/**
 * Joins the two halves of a call that strace prints in two lines, and finds calls that wait.
 *
 *     line, line, … ──▶ calls that returned, and calls that have waited for 10 ms
 */
import type { Outcome, StraceLine } from './strace-line.ts';
import { type Descriptor, descriptorOf } from './values.ts';

/** A call as strace prints it. */
export interface RawCall {
  readonly tid: number;
  readonly atNs: string;
  /** The number that it was given when it was reported as waiting, if it was. */
  readonly id?: number;
  /** As the kernel names it. */
  readonly call: string;
  /** The socket of its first argument, if that is a descriptor. */
  readonly descriptor: Descriptor | undefined;
  /** Its arguments; those that it fills in are missing while it waits. */
  readonly text: string;
  /** Missing while it waits. */
  readonly outcome?: Outcome;
}

/** A call that takes less time is reported once, when it has returned. */
export const WAIT_MIN_NS = 10_000_000;
/** A lab's host has at most 256 processes; a program with more threads than this is not followed in full. */
const OPEN_MAX = 1024;

/** Whether a thread waits in the kernel, and not for strace, which may be slow on a busy machine. */
export type IsBlocked = (tid: number) => boolean;

interface Open {
  readonly call: string;
  readonly descriptor: Descriptor | undefined;
  readonly atNs: string;
  /** Later than `atNs` if the kernel interrupted it for a signal, and restarted it. */
  sinceNs: string;
  text: string;
  isBrokenOff: boolean;
  id?: number;
}

type Ended = StraceLine & { readonly form: 'whole' | 'resumed' };

export class OpenCalls {
  readonly #open = new Map<number, Open>();
  readonly #number: () => number;
  readonly #isBlocked: IsBlocked | undefined;

  /**
   * @param number returns the next number, for a call that is reported as waiting
   * @param isBlocked if the state of threads is known; otherwise a call that took long has waited
   */
  constructor(number: () => number, isBlocked?: IsBlocked) {
    this.#number = number;
    this.#isBlocked = isBlocked;
  }

  /** @returns what is to be reported because of this line, in order */
  push(line: StraceLine): RawCall[] {
    if (line.form === 'ended') {
      this.#open.delete(line.tid);
      return [];
    }
    const calls = line.form === 'resumed' ? [] : this.#begin(line);
    return line.form === 'begun' ? calls : [...calls, ...this.#end(line)];
  }

  /** @returns the calls that have begun to wait by now, on the kernel's real-time clock */
  waiting(nowNs: bigint): RawCall[] {
    const calls: RawCall[] = [];
    for (const [tid, open] of this.#open) {
      const isNews = open.id === undefined && nowNs - BigInt(open.atNs) >= WAIT_MIN_NS;
      if (isNews && this.#isBlocked?.(tid) !== false) calls.push(this.#waits(tid, open));
    }
    return calls;
  }

  #begin({ tid, atNs, call, text }: Extract<StraceLine, { text: string }>): RawCall[] {
    const before = this.#open.get(tid);
    const descriptor = descriptorOf(call, text);
    const isSame = before?.call === call && before.descriptor?.fd === descriptor?.fd;
    if (isSame && (before.isBrokenOff || before.sinceNs === atNs)) {
      Object.assign(before, { sinceNs: atNs, text, isBrokenOff: false });
      return [];
    }
    this.#open.set(tid, { call, descriptor, atNs, sinceNs: atNs, text, isBrokenOff: false });
    if (this.#open.size > OPEN_MAX) this.#forgetOldest();
    if (before?.id === undefined || !before.isBrokenOff) return [];
    const tookNs = Number(BigInt(atNs) - BigInt(before.atNs));
    return [{ ...reported(tid, before), outcome: { error: 'EINTR', annotation: '', tookNs } }];
  }

  #end({ form, tid, call, text, outcome }: Ended): RawCall[] {
    const open = this.#open.get(tid);
    if (open?.call !== call) return [];
    if (isBrokenOff(outcome)) {
      open.isBrokenOff = true;
      return [];
    }
    this.#open.delete(tid);
    if (form === 'resumed') open.text += text;
    const tookNs = Number(BigInt(open.sinceNs) - BigInt(open.atNs)) + outcome.tookNs;
    const hasWaited = !this.#isBlocked && open.id === undefined && tookNs >= WAIT_MIN_NS;
    const waits = hasWaited ? [this.#waits(tid, open)] : [];
    return [...waits, { ...reported(tid, open), outcome: { ...outcome, tookNs } }];
  }

  #waits(tid: number, open: Open): RawCall {
    open.id = this.#number();
    return reported(tid, open);
  }

  #forgetOldest(): void {
    const [oldest = 0] = this.#open.keys();
    this.#open.delete(oldest);
  }
}

function reported(tid: number, { call, descriptor, atNs, text, id }: Open): RawCall {
  return { tid, atNs, call, descriptor, text, ...(id !== undefined && { id }) };
}

/** Neither a result nor an error that the program sees: the kernel restarts the call, or the program has ended within it. */
function isBrokenOff({ result, error }: Outcome): boolean {
  return result === undefined && (error === undefined || error.startsWith('ERESTART'));
}
