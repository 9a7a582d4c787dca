import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** How long the host's end is held up at most; it is let go as soon as the trace has told everything. */
const HOLD_MAX_US = 3_000_000;
const READY = /attached/;
const ENDS = /exit_group\(/;

/**
 * Holds up the end of a host's first process, which would be the end of the trace too: the kernel kills whatever is in its
 * process namespace. The init that the engine puts in front of a program ends when the program has, so the program itself is
 * not held up, and by then strace has told all of it: a parent hears of a traced child's end after the tracer.
 */
export class InitKeeper {
  /** Resolves when the host's first process is about to end. */
  readonly ending: Promise<void>;
  readonly #strace: ChildProcess;

  private constructor(strace: ChildProcess, ending: Promise<void>) {
    this.#strace = strace;
    this.ending = ending;
  }

  static async start(): Promise<InitKeeper> {
    const args = ['--attach=1', '--trace=exit_group', '--signal=none'];
    const hold = `--inject=exit_group:delay_enter=${HOLD_MAX_US}`;
    const strace = spawn('strace', [...args, hold], { stdio: ['ignore', 'ignore', 'pipe'] });
    const output = strace.stderr.setEncoding('latin1');
    const said = (pattern: RegExp) =>
      new Promise<void>((resolve) => {
        output.on('data', (text: string) => pattern.test(text) && resolve());
      });
    const ending = said(ENDS);
    await Promise.race([said(READY), once(strace, 'exit')]);
    return new InitKeeper(strace, ending);
  }

  /** Lets the host go on, or end. */
  release(): void {
    this.#strace.kill('SIGTERM');
  }
}
