/** The command line of the instruments, as a process of its own: it can be stopped, and killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { ownerOf } from '../../lab/engine/owner.ts';

const MAIN = new URL('../../cli/main.ts', import.meta.url).pathname;

interface CommandEnd {
  /** `null` when it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `./socketlab VERB …`, for one lab. */
export class CommandLine {
  readonly ended: Promise<CommandEnd>;
  /** What its containers, networks and images name as their owner. */
  readonly owner: string;
  readonly #child: ChildProcess;

  constructor(lab: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const child = spawn(process.execPath, [MAIN, ...args], {
      env: { ...process.env, COMPOSE_PROJECT_NAME: lab, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.owner = ownerOf(child.pid ?? 0);
    const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    this.ended = outputs.then(([stdout, stderr]) => ({
      exitCode: child.exitCode,
      stdout,
      stderr,
    }));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

/** Runs a verb to its end. */
export function commandLine(lab: string, ...args: string[]): Promise<CommandEnd> {
  return new CommandLine(lab, args).ended;
}
