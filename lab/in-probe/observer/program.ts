import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import type { Output, ProgramStart } from '../../model/observer-protocol.ts';

/** How long a program may take to end by itself. */
const END_TIMEOUT_MS = 15_000;
/** Where the namespaces are in the program that enters them: behind its standard streams. */
const [NET, PID] = [3, 4];

/** A program of the observer, as the leader of a process group: what it has started ends with it. */
export class Program {
  /** Resolves when it has ended, and all that it has printed has been passed on. */
  readonly exitCode: Promise<number>;
  readonly #child: ChildProcess;
  #mayPrint: PromiseWithResolvers<void> | undefined;
  #deadline: NodeJS.Timeout | undefined;

  /**
   * @param descriptors what it has open behind its standard streams
   * @param print resolves when there is room for more
   */
  constructor(
    [command = '', ...args]: readonly string[],
    descriptors: readonly number[],
    print: (output: Output, data: Buffer) => Promise<void>,
  ) {
    this.#child = spawn(command, args, {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe', ...descriptors],
    });
    this.#child.stdin?.on('error', () => {}); // it has ended meanwhile
    this.exitCode = this.#run(print);
  }

  /** Closes its standard input, and kills it if it does not end. */
  end(): void {
    this.resume();
    this.#child.stdin?.end();
    this.#deadline ??= setTimeout(() => this.#kill(), END_TIMEOUT_MS);
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  pause(): void {
    this.#mayPrint ??= Promise.withResolvers();
  }

  resume(): void {
    this.#mayPrint?.resolve();
    this.#mayPrint = undefined;
  }

  async #run(print: (output: Output, data: Buffer) => Promise<void>): Promise<number> {
    const { stdout, stderr } = this.#child;
    const pour = async (output: Output, stream: Readable | null) => {
      for await (const chunk of stream ?? []) {
        await this.#mayPrint?.promise;
        await print(output, chunk);
      }
    };
    const poured = Promise.all([pour('stdout', stdout), pour('stderr', stderr)]);
    const [code, signal] = await once(this.#child, 'exit');
    clearTimeout(this.#deadline);
    this.#kill();
    await poured;
    return code ?? 128 + constants.signals[signal as NodeJS.Signals];
  }

  /** The group: the program itself may have left others behind. */
  #kill(): void {
    try {
      process.kill(-(this.#child.pid ?? Number.NaN), 'SIGKILL');
    } catch {
      // There is nothing left.
    }
  }
}

/**
 * The command of a program in the namespaces of a host. It is in the PID namespace of the host, or in one of its own: never in the
 * machine's, as the observer is.
 */
export function commandBeside({ seesProcesses, capabilities, command }: ProgramStart): string[] {
  return [
    ...['nsenter', `--net=/proc/self/fd/${NET}`],
    ...(seesProcesses ? [`--pid=/proc/self/fd/${PID}`] : []),
    ...['unshare', '--mount'],
    ...(seesProcesses ? [] : ['--pid', '--fork', '--kill-child']),
    ...['sh', `${import.meta.dirname}/enter.sh`, capabilities.join()],
    ...command,
  ];
}
