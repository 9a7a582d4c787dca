import { healthCheck } from '../../util/health-check.ts';
import { allPids, commandOf, isHostProgram, parentOf, tracersOf } from './processes.ts';

/** The name of the engine's runtime in a process, until it executes the program that is to run there. */
const RUNTIME = /^runc/;

/**
 * Programs that enter a host without being started by a traced one: those of `docker exec`. The host's health check enters in the
 * same way, again and again; it is left out.
 */
export class Newcomers {
  readonly #isHealthCheck: (command: readonly string[]) => boolean;
  /** Processes that have been checked, and are still running. */
  #known: ReadonlySet<number>;
  /** Health checks, and what they have started. */
  #leftOut: ReadonlySet<number> = new Set();

  /**
   * @param test the host's health check, as the engine keeps it: `['CMD', 'node', 'health.js']`
   * @param traced the processes that are traced from the beginning
   */
  constructor(test: readonly string[], traced: readonly number[]) {
    this.#isHealthCheck = healthCheck(test);
    this.#known = new Set(traced);
  }

  /** Those that have entered since the last time and are not traced. */
  take(): number[] {
    const pids = allPids();
    const ready = pids.filter(
      (pid) => this.#known.has(pid) || !RUNTIME.test(commandOf(pid)[0] ?? ''),
    );
    const news = ready.filter((pid) => !this.#known.has(pid) && isHostProgram(pid));
    const leftOut = new Set(pids.filter((pid) => this.#leftOut.has(pid)));
    for (const pid of news) {
      if (leftOut.has(parentOf(pid)) || this.#isHealthCheck(commandOf(pid))) leftOut.add(pid);
    }
    this.#known = new Set(ready);
    this.#leftOut = leftOut;
    return news.filter(
      (pid) => !leftOut.has(pid) && tracersOf(pid).every((tracer) => tracer === 0),
    );
  }
}
