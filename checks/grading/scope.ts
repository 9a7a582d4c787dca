import type { Lab, LimitCounts } from '../../lab/index.ts';
import { sumOfLimits } from '../../lab/model/limit.ts';
import type { Random } from '../../lab/util/random.ts';
import type { Slots } from '../../lab/util/slots.ts';
import type { Peer } from '../peers/peer.ts';
import { Instance } from '../program/instance.ts';
import type { Recording } from '../recording/recording.ts';
import type { Context, Role, StartOptions } from '../roles/role.ts';

/** What all checks of a run have in common. */
export interface Surroundings {
  readonly lab: Lab;
  readonly peer: Peer;
  readonly recording: Recording;
  /** To start an instance is work for the processors; to wait for what it does is none. */
  readonly starting: Slots;
  /** Aborted when the run is over: then none is started. */
  readonly over: AbortSignal;
  /** Those that are being started. */
  readonly beingStarted: Set<Promise<Instance>>;
  readonly program: { readonly image: string; readonly entrypoint?: readonly string[] };
  /** How many times longer deadlines are than usual. */
  readonly patience: number;
}

export interface ScopeOptions {
  /** Of its first host; others are numbered. */
  readonly name: string;
  readonly env: Readonly<Record<string, string>>;
  readonly random: Random;
}

/** A fixture, and what was started for it. Disposing it stops that. */
export class Scope<Fixture> implements AsyncDisposable {
  readonly #role: Role<Fixture>;
  readonly #surroundings: Surroundings;
  readonly #options: ScopeOptions;
  readonly #instances: Instance[] = [];
  #count = 0;
  /** When it began: milliseconds since 1970. */
  readonly beganMs: number = Date.now();
  /** When the latest check was over: milliseconds since 1970. */
  checkedMs: number = Date.now();
  /** How often the program had run into its limits by then. */
  limitsBefore: LimitCounts = sumOfLimits([]);
  #fixture: Promise<Fixture> | undefined;

  constructor(role: Role<Fixture>, surroundings: Surroundings, options: ScopeOptions) {
    this.#role = role;
    this.#surroundings = surroundings;
    this.#options = options;
  }

  /** Made when it is first asked for. */
  get fixture(): Promise<Fixture> {
    this.#fixture ??= (async () => this.#role.fixture(this.#context()))();
    return this.#fixture;
  }

  /** The instances of the program that have been started, in that order. */
  get instances(): readonly Instance[] {
    return this.#instances;
  }

  /** How often the program has run into its limits so far. */
  get limitsHit(): LimitCounts {
    return sumOfLimits(this.#instances.map(({ limitsHit }) => limitsHit));
  }

  async start({ env, ...options }: StartOptions = {}): Promise<Instance> {
    this.#count += 1;
    const { name } = this.#options;
    const { lab, recording, starting, over, beingStarted, program } = this.#surroundings;
    const started = {
      ...program,
      ...options,
      name: this.#count === 1 ? name : `${name}-${this.#count}`,
      env: { ...this.#options.env, ...env },
    };
    return starting.take(async () => {
      over.throwIfAborted();
      const starts = Instance.start(lab, recording, started);
      beingStarted.add(starts);
      try {
        const instance = await starts;
        this.#instances.push(instance);
        return instance;
      } finally {
        beingStarted.delete(starts);
      }
    });
  }

  /** Again, it does nothing. */
  async [Symbol.asyncDispose](): Promise<void> {
    const instances = this.#instances.splice(0);
    await Promise.all(instances.map((instance) => instance[Symbol.asyncDispose]()));
  }

  #context(): Context {
    const { lab, peer, patience } = this.#surroundings;
    const { env, random } = this.#options;
    return {
      lab,
      peer,
      env,
      random,
      deadline: (ms) => Math.ceil(ms * patience),
      start: (options) => this.start(options),
    };
  }
}
