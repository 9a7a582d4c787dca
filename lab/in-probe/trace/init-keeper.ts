import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The longest delay of the host's end; it is released as soon as the trace has reported everything. */
const HOLD_MAX_US = 3_000_000;
const READY = /attached/;
const ENDS = /exit_group\(/;

/**
 * Delays the end of a host's first process, which would also be the end of the trace: the kernel kills everything in its process
 * namespace. The init process that the engine puts before a program ends when the program has ended, so that the program itself
 * is not delayed; and by then strace has reported everything: a parent learns of the end of a traced child after the tracer.
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

  /** Lets the host go on, or stop. */
  release(): void {
    this.#strace.kill('SIGTERM');
  }
}
