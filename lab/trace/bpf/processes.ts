import type { CallEvent } from '../../model/event.ts';
import { healthCheck } from '../../util/health-check.ts';
import { LruMap } from '../../util/lru-map.ts';
import { processName } from '../../util/process-name.ts';
import type { ProcessRecord } from './record.ts';

type Process = CallEvent['process'];

const PROCESSES_MAX = 8192;

/** The processes of a host, by their numbers there, as far as they have been told. */
export class Processes {
  readonly #isHealthCheck: (command: readonly string[]) => boolean;
  readonly #known = new LruMap<number, Process>(PROCESSES_MAX);
  /** Health checks, and what they have started. */
  readonly #leftOut = new LruMap<number, true>(PROCESSES_MAX);

  constructor(test: readonly string[]) {
    this.#isHealthCheck = healthCheck(test);
  }

  note({ pid, ancestors, name, command }: ProcessRecord): void {
    const shown = processName(command[0] ?? '') ?? processName(name);
    this.#known.set(pid, shown === undefined ? { pid } : { pid, name: shown });
    const isOfCheck = ancestors.some((ancestor) => this.isLeftOut(ancestor));
    if (isOfCheck || this.#isHealthCheck(command)) this.#leftOut.set(pid, true);
    else this.#leftOut.delete(pid);
  }

  isLeftOut(pid: number): boolean {
    return this.#leftOut.peek(pid) === true;
  }

  of(pid: number): Process {
    return this.#known.get(pid) ?? { pid };
  }
}
