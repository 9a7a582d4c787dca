/** One program in a lab of its own, and the checks that act on it. */
import { fileURLToPath } from 'node:url';
import { baseImage, type Host, Lab } from '../lab/index.ts';
import type { Random } from '../lab/util/random.ts';
import type { Check, CheckResult, Finding } from './check.ts';
import { Instance } from './program/instance.ts';
import type { Role } from './roles/role.ts';
import { TCP_VISITOR } from './roles/tcp-server.ts';
import { UDP_VISITOR } from './roles/udp-echo-server.ts';
import { slownessNow, TooSlowError } from './slowness.ts';

/** In the package everything is JavaScript. */
const EXTENSION = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
const peer = (name: string) =>
  fileURLToPath(new URL(`peers/${name}.${EXTENSION}`, import.meta.url));
/** From here to the grader's host. */
const PEERS = { [peer('tcp-visitor')]: TCP_VISITOR, [peer('udp-visitor')]: UDP_VISITOR };
/** By how much the machine may have become slower in the meantime before a deadline counts no more. */
const SLOWER = 1.5;

/** How the program is started. */
export interface Program {
  readonly image: string;
  /** Default: that of the image. */
  readonly entrypoint?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** For what is random in the checks. */
  readonly random: Random;
}

interface Acted<Stage> {
  readonly instance: Instance;
  readonly stage: Stage;
}

export class Grading<Stage> implements AsyncDisposable {
  readonly #role: Role<Stage>;
  readonly #lab: Lab;
  readonly #peer: Host;
  readonly #program: Program;
  /** Deadlines are so many times longer. */
  readonly #patience: number;
  #main: Promise<Acted<Stage>> | undefined;

  private constructor(
    role: Role<Stage>,
    program: Program,
    hosts: { readonly lab: Lab; readonly peer: Host; readonly patience: number },
  ) {
    this.#role = role;
    this.#program = program;
    this.#lab = hosts.lab;
    this.#peer = hosts.peer;
    this.#patience = hosts.patience;
  }

  /**
   * @param slowness how much slower than usual the machine is known to be
   * @throws {LabError} if a lab cannot be started.
   */
  static async start<Stage>(
    role: Role<Stage>,
    program: Program,
    slowness: number,
  ): Promise<Grading<Stage>> {
    await using stack = new AsyncDisposableStack();
    const lab = stack.use(await Lab.start());
    const peer = await lab.startHost('grader', {
      image: baseImage(),
      entrypoint: ['sleep', 'infinity'],
      files: PEERS,
      ready: 'running',
    });
    const patience = Math.max(slowness, await slownessNow(peer));
    stack.move();
    return new Grading(role, program, { lab, peer, patience });
  }

  /** @throws {TooSlowError} if what was late may have been the machine. */
  async check(check: Check<Stage>): Promise<CheckResult> {
    const { id, statement, layer, title, why } = check;
    const about = { id, statement, layer, title, why };
    const begunAt = performance.now();
    await using own = new AsyncDisposableStack();
    const acted = check.settings
      ? await this.#start(`program-${id}`, { ...this.#program.env, ...check.settings })
      : await this.#shared();
    if (check.settings) own.use(acted.instance);
    const finding = await findingOf(check, acted);
    const tookMs = Math.round(performance.now() - begunAt);
    if (finding === undefined) return { check: about, verdict: 'passed', tookMs };
    if (finding.waited) await this.#requirePatience();
    const traces = await acted.instance.traces();
    return { check: about, verdict: 'failed', finding, ...traces, tookMs };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const main = await this.#main?.catch(() => undefined);
    await main?.instance[Symbol.asyncDispose]();
    await this.#lab[Symbol.asyncDispose]();
  }

  #shared(): Promise<Acted<Stage>> {
    this.#main ??= this.#start('program', this.#program.env);
    return this.#main;
  }

  async #start(name: string, env: Program['env']): Promise<Acted<Stage>> {
    const { random, ...program } = this.#program;
    const instance = await Instance.start(this.#lab, { ...program, name, env });
    const cast = { lab: this.#lab, program: instance.host, peer: this.#peer };
    return { instance, stage: this.#role.stage(cast, { env, random, patience: this.#patience }) };
  }

  async #requirePatience(): Promise<void> {
    const slowness = await slownessNow(this.#peer);
    if (slowness > SLOWER * this.#patience) throw new TooSlowError(slowness);
  }
}

/** What a check finds; or that the program has ended, which the check that ended it is blamed for. */
async function findingOf<Stage>(
  check: Check<Stage>,
  { instance, stage }: Acted<Stage>,
): Promise<Finding | undefined> {
  const ended = async () => (check.layer === 'stops' ? undefined : instance.endWords());
  try {
    const finding = await check.run(stage);
    if (finding === undefined && check.layer !== 'is-robust') return undefined;
    const found = await ended();
    if (found === undefined) return finding;
    const { did = `checked that it ${check.title}`, code = 'program-ended' } = finding ?? {};
    return { code: code === 'no-second-client' ? code : 'program-ended', did, found };
  } catch (error) {
    const found = await ended();
    if (found === undefined) throw error;
    return { code: 'program-ended', did: 'started the program', found };
  }
}
