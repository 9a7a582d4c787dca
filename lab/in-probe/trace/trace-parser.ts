/**
 * Parses socket calls from the output of strace, whatever the language of the program. Pure, with bounded memory.
 *
 *     chunk, chunk, … ─▶ Lines ─▶ readLine ─▶ OpenCalls ─▶ CallReader ─▶ Settling ─▶ CallEvent, CallEvent, …
 *                                               tick ──▲                  tick ──▲
 */
import type { CallEvent } from '../../model/event.ts';
import { Lines } from '../../util/lines.ts';
import { IO_URING } from './call-names.ts';
import { CallReader, type Surroundings } from './call-reader.ts';
import { OpenCalls, type RawCall } from './open-calls.ts';
import { Settling } from './settling.ts';
import type { SocketTable } from './socket-table.ts';
import { readLine, type StraceLine } from './strace-line.ts';
import { isOnSocket } from './values.ts';

/**
 * Never throws, whatever the input: lines that are not of strace, or of no interest, are ignored.
 *
 * @example
 * const parser = new TraceParser({ host: 'server' });
 * strace.stderr.setEncoding('latin1').on('data', (chunk) => show(parser.push(chunk)));
 */
export class TraceParser {
  /** By the strace that prints them. */
  readonly #lines = new Map<unknown, Lines>();
  readonly #open: OpenCalls;
  readonly #reader: CallReader;
  readonly #settling: Settling;

  constructor(surroundings: Surroundings) {
    this.#reader = new CallReader(surroundings);
    this.#settling = new Settling(this.#reader.sockets);
    this.#open = new OpenCalls(() => this.#reader.nextId(), surroundings.isBlocked);
  }

  /** What is known of the host's sockets, to be filled with those that it has when the trace begins. */
  get sockets(): SocketTable {
    return this.#reader.sockets;
  }

  /** Whether it was not known before that a process uses io_uring, which is reported once. */
  noteRing(pid: number): boolean {
    return this.#reader.noteRing(pid);
  }

  nextId(): number {
    return this.#reader.nextId();
  }

  /**
   * The calls that a piece of strace's output, of any size, completes.
   *
   * @param strace whose output it is, if there are several
   */
  push(chunk: string, strace?: unknown): CallEvent[] {
    const events: CallEvent[] = [];
    const lines = this.#lines.getOrInsertComputed(strace, () => new Lines());
    for (const text of lines.push(chunk)) {
      const line = readLine(text);
      if (line !== undefined && isOfInterest(line))
        events.push(...this.#follow(line, this.#open.push(line)));
    }
    return events;
  }

  /** A strace has ended: an incomplete line of it will stay incomplete. */
  forget(strace: unknown): void {
    this.#lines.delete(strace);
  }

  /**
   * Events that come without a line: calls that wait. To be called every few milliseconds.
   *
   * @param nowNs the kernel's real-time clock, in nanoseconds since 1970
   */
  tick(nowNs: bigint): CallEvent[] {
    // A call that blocks the only thread is printed as the beginning of a line, which ends when the call returns.
    const begun = [...this.#lines.values()].flatMap((lines) => readLine(lines.begun) ?? []);
    const calls = begun.flatMap((line) =>
      line.form === 'begun' && isOfInterest(line) ? this.#open.push(line) : [],
    );
    const waiting = [...calls, ...this.#open.waiting(nowNs)].flatMap((call) => this.#read(call));
    return [...this.#settling.tick(nowNs), ...waiting];
  }

  /** What is still held back, at the end of the output. */
  end(): CallEvent[] {
    return this.#settling.end();
  }

  #follow(line: StraceLine, calls: readonly RawCall[]): CallEvent[] {
    if (line.form === 'ended' || (line.form !== 'begun' && line.call === 'execve')) {
      this.#reader.forgetProcess(line.tid);
    }
    return calls.flatMap((call) => this.#read(call));
  }

  #read(call: RawCall): CallEvent[] {
    return this.#settling.push(call, this.#reader.read(call));
  }
}

/** Most reads and writes are on files and pipes: they are skipped before any work is done. */
function isOfInterest(line: StraceLine): boolean {
  if (line.form === 'ended' || line.form === 'resumed') return true;
  return withoutSocket.has(line.call) || isOnSocket(line.call, line.text);
}

const withoutSocket: ReadonlySet<string> = new Set(['socket', 'execve', ...IO_URING]);
