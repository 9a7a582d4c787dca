import type { Lab } from '../../lab/index.ts';
import type { Random } from '../../lab/util/random.ts';
import type { Slots } from '../../lab/util/slots.ts';
import type { Peer } from '../peers/peer.ts';
import { Instance } from '../program/instance.ts';
import type { Context, Role, StartOptions } from '../roles/role.ts';
import type { Recording } from './recording.ts';

/** What all checks of a run have in common. */
export interface Surroundings {
  readonly lab: Lab;
  readonly peer: Peer;
  readonly recording: Recording;
  /** To start an instance is work for the processors; to wait for what it does is none. */
  readonly starting: Slots;
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

  async start({ env, ...options }: StartOptions = {}): Promise<Instance> {
    this.#count += 1;
    const { name } = this.#options;
    const { lab, recording, starting, program } = this.#surroundings;
    const started = {
      ...program,
      ...options,
      name: this.#count === 1 ? name : `${name}-${this.#count}`,
      env: { ...this.#options.env, ...env },
    };
    const instance = await starting.take(() => Instance.start(lab, recording, started));
    this.#instances.push(instance);
    return instance;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance[Symbol.asyncDispose]()));
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
