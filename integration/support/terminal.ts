import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';

const MAIN = new URL('../../cli/main.ts', import.meta.url).pathname;

/** `./socketlab VERB …` for one lab in a terminal, that of script(1), which is 80 columns wide. */
export class Terminal implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #shown = '';

  constructor(lab: string, args: readonly string[]) {
    const command = `stty cols 80 rows 25; exec ${process.execPath} ${MAIN} ${args.join(' ')}`;
    this.#child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, COMPOSE_PROJECT_NAME: lab },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => {
      this.#shown += chunk;
    });
    this.#closed = once(this.#child, 'close');
  }

  get shown(): string {
    return this.#shown;
  }

  /** Without what was erased (EL, ECMA-48), as progress is. */
  get lines(): string[] {
    return this.#shown.split('\r\n').map((line) => line.split('\x1b[2K').at(-1) ?? '');
  }

  /** Presses keys as soon as the screen shows what they are for. */
  async press(keys: string, pattern: RegExp): Promise<void> {
    await expect.poll(() => this.#shown).toMatch(pattern);
    this.#child.stdin?.write(keys);
  }

  /** Of the command, which runs in the place of its shell. */
  async pid(): Promise<number> {
    const { pid } = this.#child;
    return Number(await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8'));
  }

  async exitCode(): Promise<number | null> {
    await this.#closed;
    return this.#child.exitCode;
  }

  /** Ends the command, where the test has failed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill('SIGTERM');
    await this.#closed;
  }
}
