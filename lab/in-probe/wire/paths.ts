/**
 * The paths whose packets are queued, and how queueing ends: without reordering packets.
 *
 *     faults ──▶ Paths ──▶ Rules: on ──▶ queue 1 ──▶ what faults are for
 *                               ending ──▶ queue 2 ──▶ what they were for: accepted at once
 *
 * A packet that is still queued when the rule of its path is removed would be overtaken by later ones. So the path first gets a
 * queue of its own, whose packets are accepted as they come; at a quiet moment this queue is shut, which takes the kernel a
 * microsecond; after that, it no longer matters when the rule is removed.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Path, pathMatches } from './path-rules.ts';
import type { Queue } from './queue.ts';
import { Rules } from './rules.ts';
import type { Traffic } from './traffic.ts';
import { untilQuiet } from './until-quiet.ts';

/** The longest quiet period that is waited for: longer than the gaps within a burst. */
const LONGEST_NS = 300_000;
const SHORTEST_NS = 2000;
const PAUSE_MS = 5;

export class Paths {
  readonly #queue: Queue;
  readonly #numbers: QueueNumbers;
  readonly #traffic: Traffic;
  readonly #rules = new Rules();
  #now: readonly Path[] = [];

  constructor(queue: Queue, numbers: QueueNumbers, traffic: Traffic) {
    this.#queue = queue;
    this.#numbers = numbers;
    this.#traffic = traffic;
  }

  /**
   * Has the packets of these paths queued, and no others. Resolves when that is in effect.
   *
   * @throws {Error} with the message of iptables.
   */
  async set(paths: readonly Path[]): Promise<void> {
    // A wire that was killed may have left rules.
    if (this.#now.length === 0) await this.#rules.remove();
    const ended = this.#now.filter((path) => !isWithin(path, paths));
    const { on, ending } = this.#numbers;
    const queued = { queue: on, paths };
    if (paths.length === 0) {
      await this.#shut(on);
      await this.#rules.remove();
    } else if (ended.length > 0) {
      await this.#rules.set([queued, { queue: ending, paths: ended }]);
      await this.#shut(ending);
      await this.#rules.set([queued]);
      this.#queue.open(ending);
    } else {
      await this.#rules.set([queued]);
    }
    this.#now = paths;
  }

  async #shut(number: number): Promise<void> {
    for (let quietNs = LONGEST_NS; !(await this.#tryShut(number, quietNs)); quietNs /= 2) {
      // A process that has slept is not preempted at once by others.
      await sleep(PAUSE_MS);
    }
  }

  /** @param quietNs how long no packet must have come, unless it is too short to matter */
  #tryShut(number: number, quietNs: number): Promise<boolean> {
    return this.#queue.alone(() => {
      // Among them are packets that came when the path had another queue.
      this.#traffic.takeAll();
      const isQuiet = untilQuiet(() => this.#traffic.passAll(number), quietNs);
      if (isQuiet || quietNs < SHORTEST_NS) this.#queue.shut(number);
      else this.#queue.acceptAll(number);
      this.#traffic.takeAll();
      return isQuiet || quietNs < SHORTEST_NS;
    });
  }
}

/** The numbers of the two queues: see above. */
export interface QueueNumbers {
  readonly on: number;
  readonly ending: number;
}

/** Whether other paths cover a path completely, according to their rules. */
function isWithin(path: Path, others: readonly Path[]): boolean {
  return ([4, 6] as const).every((family) => {
    const matches = new Set(pathMatches(family, others));
    return pathMatches(family, [path]).every((match) => matches.has(match));
  });
}
