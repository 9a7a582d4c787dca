import { spawnSync } from 'node:child_process';
import type { Sharing } from '../../model/trace-line.ts';
import { hostPids, lastProcessorOf, processorsOf } from './processes.ts';

/** From this rate on, a program mostly waits for its tracer. */
const BUSY_CALLS_PER_SECOND = 1000;
const LOOK_EVERY_MS = 100;

/**
 * Moves a busy program and its tracer to one processor, until the trace ends. In each call they wait for each other four times:
 * waking up a sleeping processor takes longer than the work in between, especially in a virtual machine.
 *
 *     two processors   program ──stops──▶ (wakes up) strace ──goes on──▶ (wakes up) program
 *     one              program ──stops──▶ strace ──goes on──▶ program
 *
 * A program that has set the affinity of its threads itself is left alone.
 */
export class SharedProcessor {
  readonly #tracers: () => readonly number[];
  #hasLooked = false;
  #hasEnded = false;
  #sharing: Sharing | undefined;
  #calls = 0;
  #sinceMs = performance.now();

  /** @param tracers the processes that trace now */
  constructor(tracers: () => readonly number[]) {
    this.#tracers = tracers;
  }

  /**
   * Counts calls since the last time.
   *
   * @returns what is to change, once programs are busy: to be told before {@link begin}, so that it can be undone by others
   * whenever this process is killed
   */
  note(calls: number): Sharing | undefined {
    this.#calls += calls;
    const elapsedMs = performance.now() - this.#sinceMs;
    if (this.#hasLooked || elapsedMs < LOOK_EVERY_MS) return undefined;
    this.#hasLooked = this.#calls >= (BUSY_CALLS_PER_SECOND / 1000) * elapsedMs;
    this.#calls = 0;
    this.#sinceMs += elapsedMs;
    return this.#hasLooked ? wanted() : undefined;
  }

  /** Moves the programs. */
  begin(sharing: Sharing): void {
    if (this.#hasEnded) return;
    this.#sharing = sharing;
    const alike = hostPids().filter((pid) => processorsOf(pid) === sharing.before);
    for (const pid of [...alike, ...this.#tracers()]) place(pid, sharing.processor);
  }

  /** Restores the processors of the programs. */
  end(): void {
    this.#hasEnded = true;
    if (this.#sharing) endSharing(this.#sharing);
  }
}

function wanted(): Sharing | undefined {
  const [first = 0] = hostPids();
  const before = processorsOf(first);
  const processor = lastProcessorOf(first);
  return before === undefined || processor === undefined ? undefined : { processor, before };
}

/** Restores the processors of a host's programs, and of everything that they have started since. */
export function endSharing({ processor, before }: Sharing): void {
  for (const pid of hostPids()) if (processorsOf(pid) === processor) place(pid, before);
}

/** A process that has ended by now is no failure. */
function place(pid: number, processors: string): void {
  const args = ['--all-tasks', '--cpu-list', '--pid', processors, `${pid}`];
  spawnSync('taskset', args, { stdio: 'ignore' });
}
