/** What is done to a lab at random, by a seed: paths are impaired, hosts are paused, killed, restarted, their connections reset. */
import { setTimeout as pause } from 'node:timers/promises';
import { type ImpairmentSettings, type Lab, LabError } from '../../lab/index.ts';
import type { Random } from '../../lab/util/random.ts';

const PAUSE_MS_MAX = 3000;
const FAULT_MS = { min: 500, max: 6000 };
/** Of three hosts one may be out of action at once. */
const SHARE_DOWN_MAX = 1 / 3;

const impairments: readonly ImpairmentSettings[] = [
  { kind: 'loss', percent: 30 },
  { kind: 'loss', percent: 100 },
  { kind: 'delay', delayMs: 150, jitterMs: 100 },
  { kind: 'reorder', percent: 30 },
  { kind: 'duplicate', percent: 40 },
  { kind: 'corrupt', percent: 20 },
  { kind: 'corrupt', percent: 20, fixChecksum: true },
  { kind: 'rate', rateKbit: 200 },
  { kind: 'partition' },
];

/** Chooses what is done next; what it has begun, it ends. */
export class Actions {
  /** What was done, and how often. */
  readonly counts: Record<string, number> = {};
  readonly #lab: Lab;
  readonly #names: readonly string[];
  readonly #random: Random;
  readonly #down = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #failed: string[] = [];

  constructor(lab: Lab, names: readonly string[], random: Random) {
    this.#lab = lab;
    this.#names = names;
    this.#random = random;
  }

  /** Begins one more thing. */
  begin(): void {
    const action = this.#choose();
    if (action === undefined) return;
    const running = action()
      .catch((error: Error) => void this.#failed.push(error.message))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when all that was begun has ended. @returns what failed of it. */
  async end(): Promise<readonly string[]> {
    await Promise.all(this.#running);
    return this.#failed;
  }

  #choose(): (() => Promise<void>) | undefined {
    const draw = this.#random();
    const host = pick(this.#names, this.#random);
    const ms = this.#random() * PAUSE_MS_MAX;
    if (draw < 0.65) return () => this.#impair();
    if (this.#down.has(host)) return undefined;
    if (draw < 0.72) return () => this.#reset(host);
    if (this.#down.size >= this.#names.length * SHARE_DOWN_MAX) return undefined;
    if (draw < 0.83) return () => this.#take('pause', host, ms);
    if (draw < 0.92) return () => this.#take('kill', host, ms);
    return () => this.#take('restart', host, 0);
  }

  #reset(host: string): Promise<void> {
    return this.#do('reset', async () => {
      await this.#lab.resetConnections(host);
    });
  }

  async #impair(): Promise<void> {
    const impairment = pick(impairments, this.#random);
    const from = pick(this.#names, this.#random);
    const to = pick(
      this.#names.filter((name) => name !== from),
      this.#random,
    );
    const bothWays = this.#random() < 0.3 || impairment.kind === 'partition';
    const forMs = Math.round(FAULT_MS.min + this.#random() * (FAULT_MS.max - FAULT_MS.min));
    const seed = `${this.#random()}`;
    const settings = { ...impairment, from, to, bothWays, forMs, seed };
    await this.#do(impairment.kind, async () => {
      const fault = await this.#lab.impair(settings);
      await pause(forMs);
      await fault.heal();
    });
  }

  async #take(action: 'pause' | 'kill' | 'restart', name: string, ms: number): Promise<void> {
    this.#down.add(name);
    try {
      await this.#do(action, async () => {
        const host = await this.#lab.find(name);
        if (action === 'restart') return host.restart({ timeoutMs: 0 });
        await host[action]();
        await pause(ms);
        await (action === 'pause' ? host.unpause() : host.start());
      });
    } finally {
      this.#down.delete(name);
    }
  }

  async #do(what: string, action: () => Promise<void>): Promise<void> {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
    try {
      await action();
    } catch (error) {
      // One of its hosts was taken out of action meanwhile: that is what happens here.
      if (!(error instanceof LabError) || !expected.has(error.code)) throw error;
    }
  }
}

const expected: ReadonlySet<string> = new Set(['HOST_NOT_RUNNING', 'NO_FAULT', 'PROBE_FAILED']);

function pick<T>(from: readonly T[], random: Random): T {
  return from[Math.floor(random() * from.length)] as T;
}
