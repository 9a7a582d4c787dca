import { fileURLToPath } from 'node:url';
import { type Built, buildProgram } from '../../checks/program/build.ts';
import { Instance, type InstanceOptions } from '../../checks/program/instance.ts';
import type { Recording } from '../../checks/recording/recording.ts';
import { PORT } from '../../checks/roles/server-checks.ts';
import type { Lab } from '../../lab/index.ts';

/** Only what hangs takes so long. */
const PATIENCE_MS = 60_000;

/** The path of a program of the lecture, as in `tcp-server.py`. */
export const lecture = (name: string): string =>
  fileURLToPath(new URL(`../../checks/lecture/${name}`, import.meta.url));

interface StageOptions {
  readonly lab: Lab;
  readonly recording: Recording;
  /** Outlives the lab, as images can be removed only after their containers. */
  readonly images: AsyncDisposableStack;
  readonly signal: AbortSignal;
}

/** Of a program on a stage: its settings, and what is to be done before its first call, such as to impair its packets. */
export type ProgramOptions = Partial<Pick<InstanceOptions, 'env' | 'prepare'>>;

/** What a scene is played on: a lab, in which each host is recorded from its first call and its first packet on. */
export class Stage implements AsyncDisposable {
  readonly lab: Lab;
  /** The IPv4 address of each host so far, by name. */
  readonly addresses = new Map<string, string>();
  readonly #options: StageOptions;
  readonly #builds = new Map<string, Promise<Built>>();
  readonly #starts: Promise<Instance>[] = [];

  constructor(options: StageOptions) {
    this.#options = options;
    this.lab = options.lab;
  }

  /**
   * Starts a program as a host.
   *
   * @param program the path of a folder or a file, as `./socketlab check` takes it
   * @throws {LabError} if it cannot be started.
   */
  async start(
    name: string,
    program: string,
    { env = {}, prepare }: ProgramOptions = {},
  ): Promise<Instance> {
    const { recording, signal } = this.#options;
    const { image, entrypoint } = await this.#built(program);
    signal.throwIfAborted();
    const start = Instance.start(this.lab, recording, {
      name,
      image,
      ...(entrypoint && { entrypoint }),
      env,
      prepare: async (host) => {
        if (host.ipv4 !== undefined) this.addresses.set(name, host.ipv4);
        await prepare?.(host);
      },
    });
    this.#starts.push(start);
    return start;
  }

  /**
   * Starts a server at port 50000, and waits until it can be spoken to.
   *
   * @param options.protocol default: TCP
   */
  async startServer(
    name: string,
    program: string,
    { protocol = 'tcp', ...options }: ProgramOptions & { readonly protocol?: 'tcp' | 'udp' } = {},
  ): Promise<Instance> {
    const server = await this.start(name, program, options);
    const wanted = { protocol, port: PORT, timeoutMs: PATIENCE_MS };
    const sockets = await this.lab.listeningSockets(name, wanted);
    if (sockets.some((one) => one.protocol === protocol && one.port === PORT)) return server;
    throw new Error(`Host "${name}" must listen at ${protocol} port ${PORT}, but does not`);
  }

  /** Starts a client, by default of the host "server", and waits until it has ended. */
  async runClient(
    name: string,
    program: string,
    { env, ...options }: ProgramOptions = {},
  ): Promise<Instance> {
    const own = { SERVER_HOST: 'server', ...env };
    const client = await this.start(name, program, { ...options, env: own });
    if (await client.ended({ timeoutMs: PATIENCE_MS })) return client;
    throw new Error(`Host "${name}" must end by itself, but is still running`);
  }

  /** Ends what has been started: a program that is watched keeps this process alive, even when its host is gone. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#builds.values());
    const starts = await Promise.allSettled(this.#starts);
    const started = starts.flatMap((start) => (start.status === 'fulfilled' ? start.value : []));
    await Promise.all(started.map((instance) => instance[Symbol.asyncDispose]()));
  }

  #built(program: string): Promise<Built> {
    const { images, signal } = this.#options;
    const build = async () => images.use(await buildProgram(program, { signal }));
    const built = this.#builds.get(program) ?? build();
    this.#builds.set(program, built);
    return built;
  }
}
