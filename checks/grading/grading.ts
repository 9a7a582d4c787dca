/**
 * One program in a lab of its own, and the checks that act on it.
 *
 *     checks of a layer ─┬─ that share a fixture: one after the other, until one fails ─┐
 *                        └─ each with its own: side by side ────────────────────────────┴─▶ Outcome, Outcome, …
 */
import { availableParallelism } from 'node:os';
import { Lab, type LabEvent } from '../../lab/index.ts';
import { allOver } from '../../lab/util/all-over.ts';
import { randomStream } from '../../lab/util/random.ts';
import { Slots } from '../../lab/util/slots.ts';
import { type Check, type CheckText, isOnItsOwn } from '../check.ts';
import { Peer } from '../peers/peer.ts';
import { Recording } from '../recording/recording.ts';
import type { Role } from '../roles/role.ts';
import { findingOf } from './finding-of.ts';
import { mayBeLateness, requirePatience } from './patience.ts';
import { startFinding, starts } from './program-checks.ts';
import { isFailure, type Outcome } from './results.ts';
import { Scope, type Surroundings } from './scope.ts';
import { slownessNow } from './slowness.ts';

export interface GradingOptions extends Pick<Surroundings, 'program'> {
  readonly seed: string;
  /** How much slower than usual the machine is known to be. */
  readonly slowness: number;
}

export class Grading<Fixture> implements AsyncDisposable {
  readonly #role: Role<Fixture>;
  readonly #seed: string;
  readonly #surroundings: Surroundings;
  readonly #over: AbortController;
  readonly #shared: Scope<Fixture>;
  readonly #checks: readonly Check<Fixture>[];

  private constructor(
    role: Role<Fixture>,
    seed: string,
    over: AbortController,
    surroundings: Surroundings,
  ) {
    this.#over = over;
    this.#role = role;
    this.#seed = seed;
    this.#surroundings = surroundings;
    this.#shared = this.#scope('program');
    this.#checks = [{ ...starts, run: () => startFinding(this.#shared) }, ...role.checks];
  }

  /** @throws {LabError} if a lab cannot be started. */
  static async start<Fixture>(
    role: Role<Fixture>,
    { seed, program, slowness }: GradingOptions,
  ): Promise<Grading<Fixture>> {
    await using stack = new AsyncDisposableStack();
    const { ipv6 } = role;
    const lab = stack.use(await Lab.start(ipv6 === undefined ? {} : { ipv6 }));
    const recording = stack.use(await Recording.start(lab));
    const peer = stack.use(await Peer.start(lab, 'grader'));
    await recording.capture(peer.host);
    const patience = Math.max(slowness, await slownessNow(peer.host));
    stack.move();
    const starting = new Slots(Math.max(2, availableParallelism()));
    const over = new AbortController();
    const surroundings = { lab, peer, recording, starting, program, patience };
    return new Grading(role, seed, over, {
      ...surroundings,
      over: over.signal,
      beingStarted: new Set(),
    });
  }

  /**
   * Runs the checks of one layer. Of those that share a fixture none is run behind one that fails.
   *
   * @throws {TooSlowError} if what was late may have been the machine.
   */
  async run(
    ids: readonly string[],
    onBegin: (check: CheckText) => void = () => {},
  ): Promise<Outcome[]> {
    const checks = this.#checks.filter(({ id }) => ids.includes(id));
    const runs = await allOver([
      this.#runInTurn(
        checks.filter((one) => !isOnItsOwn(one)),
        onBegin,
      ),
      ...checks.filter(isOnItsOwn).map(async (check) => {
        onBegin(check);
        return [await this.#runAlone(check)];
      }),
    ]);
    return runs.flat();
  }

  /** Ends the recording. @returns all that has happened, in the order of time */
  async events(): Promise<readonly LabEvent[]> {
    await this.#shared[Symbol.asyncDispose]();
    return this.#surroundings.recording.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { lab, peer, recording, beingStarted } = this.#surroundings;
    this.#over.abort();
    // What the engine is making now would come after its lab has been removed.
    await Promise.allSettled(beingStarted);
    await using stack = new AsyncDisposableStack();
    stack.use(lab);
    stack.use(recording);
    stack.use(peer);
    // Where the run has ended before its events were asked for.
    stack.use(this.#shared);
  }

  async #runInTurn(
    checks: readonly Check<Fixture>[],
    onBegin: (check: CheckText) => void,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const check of checks) {
      onBegin(check);
      const outcome = await this.#run(check, this.#shared);
      outcomes.push(outcome);
      if (isFailure(outcome)) break;
    }
    return outcomes;
  }

  async #runAlone(check: Check<Fixture>): Promise<Outcome> {
    await using scope = this.#scope(`program-${check.id}`, check.env);
    return await this.#run(check, scope);
  }

  async #run(check: Check<Fixture>, scope: Scope<Fixture>): Promise<Outcome> {
    const beganMs = Date.now();
    const finding = await findingOf(check, scope);
    const endedMs = Date.now();
    // What a check judges may have been done for an earlier one of the same fixture.
    if (finding && mayBeLateness(finding)) await requirePatience(this.#surroundings, scope.beganMs);
    // A client is started anew for each conversation, and the last one is what the check is about.
    const last = scope.instances.slice(-1).map(({ host }) => host);
    const hosts = last.map(({ name }) => name);
    const hasEnded = last.some(({ isUp }) => !isUp);
    return { id: check.id, hosts, beganMs, endedMs, hasEnded, ...(finding && { finding }) };
  }

  #scope(name: string, env: Check<Fixture>['env'] = {}): Scope<Fixture> {
    const own = this.#role.env(randomStream(this.#seed, this.#role.name));
    const random = randomStream(this.#seed, `${this.#role.name} ${name}`);
    return new Scope(this.#role, this.#surroundings, { name, random, env: { ...own, ...env } });
  }
}
