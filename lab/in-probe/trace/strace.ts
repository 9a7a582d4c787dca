import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { Pipe } from './pipe.ts';
import { tracersOf } from './processes.ts';
import { straceCommand } from './strace-command.ts';

const LOOK_EVERY_MS = 4;
let count = 0;

/** One strace, attached to some processes and everything that they start. It ends with them; stopped before, it detaches. */
export class Strace implements Disposable {
  readonly ended: Promise<unknown>;
  /** Its error output: usually empty. */
  readonly complaint: Promise<string>;
  readonly #pids: readonly number[];
  readonly #pipe: Pipe;
  readonly #process: ChildProcess;

  constructor(pids: readonly number[]) {
    count += 1;
    this.#pids = pids;
    this.#pipe = new Pipe(`/tmp/trace-${process.pid}-${count}`);
    const [command = '', ...args] = straceCommand(pids, this.#pipe.path);
    const strace = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = strace;
    this.complaint = text(strace.stderr);
    this.ended = once(strace, 'exit');
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Resolves when every thread is traced, or strace has ended. */
  async hasAttached(): Promise<boolean> {
    while (this.#process.exitCode === null && this.#process.signalCode === null) {
      const tracers = this.#pids.flatMap(tracersOf);
      if (tracers.length > 0 && tracers.every((tracer) => tracer === this.pid)) return true;
      await pause(LOOK_EVERY_MS);
    }
    return false;
  }

  /** What it has printed since the last time. */
  read(): Iterable<string> {
    return this.#pipe.read();
  }

  stop(): void {
    this.#process.kill('SIGTERM');
  }

  [Symbol.dispose](): void {
    this.#pipe[Symbol.dispose]();
  }
}
