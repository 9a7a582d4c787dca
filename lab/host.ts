import { ask, type Container, type ContainerInspectInfo } from './docker.ts';
import { LabError } from './error.ts';
import type { LogEvent } from './event.ts';
import { type Execution, execute } from './execute.ts';
import { type LogOptions, readLog } from './host-log.ts';
import { COMPOSE_SERVICE, ROLE } from './labels.ts';

const roles = ['tcp-server', 'tcp-client', 'udp-echo-server', 'udp-client'] as const;
export type Role = (typeof roles)[number];

/** `running` and `paused` hosts have a network; the others have none. */
export type HostState = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'dead';

export type Health = 'starting' | 'healthy' | 'unhealthy' | 'unknown';

/**
 * A container with a network stack of its own, playing a role: ours, or a learner's program. What it knows of itself is as of
 * the last `refresh`; every deed refreshes it.
 */
export class Host {
  readonly id: string;
  /** Unique in its lab: the service's name, with a number behind it where there are several. */
  readonly name: string;
  /** The lab that it belongs to. */
  readonly lab: string;
  #info: ContainerInspectInfo;

  private constructor(name: string, lab: string, info: ContainerInspectInfo) {
    this.id = info.Id;
    this.name = name;
    this.lab = lab;
    this.#info = info;
  }

  /** @throws {LabError} `NO_HOST` when there is no such container. */
  static async attach(id: string, names: { host: string; lab: string }): Promise<Host> {
    const info = await ask(`find host "${names.host}"`, (engine) =>
      engine.getContainer(id).inspect(),
    );
    return new Host(names.host, names.lab, info);
  }

  get state(): HostState {
    return this.#info.State.Status as HostState;
  }

  /** What it ended with; 0 while it has not ended. Above 128 a signal ended it: 137 is SIGKILL. */
  get exitCode(): number {
    return this.#info.State.ExitCode;
  }

  /** When it was started the last time. */
  get startedAt(): Date {
    return new Date(this.#info.State.StartedAt);
  }

  get health(): Health {
    const status = this.#info.State.Health?.Status;
    return status === undefined || status === 'none' ? 'unknown' : (status as Health);
  }

  /** How the engine looks whether it is healthy, as it keeps that: `['CMD', 'node', 'health.js']`; empty where it does not. */
  get healthCheck(): readonly string[] {
    return this.#info.Config.Healthcheck?.Test ?? [];
  }

  /** What it plays: as its image says, or else as its service is called, as with a learner's own program. */
  get role(): Role | undefined {
    const { [ROLE]: ofImage, [COMPOSE_SERVICE]: service } = this.#info.Config.Labels;
    return roles.find((role) => role === (ofImage ?? service));
  }

  get hasNetwork(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  /** Its address on the lab's network; undefined while it has no network. */
  get ipv4(): string | undefined {
    return this.#network?.IPAddress || undefined;
  }

  get ipv6(): string | undefined {
    return this.#network?.GlobalIPv6Address || undefined;
  }

  /** The hardware address of its interface on the lab's network. */
  get mac(): string | undefined {
    return this.#network?.MacAddress || undefined;
  }

  /** Both of its addresses, as far as it has them. */
  get addresses(): string[] {
    return [this.ipv4, this.ipv6].filter((address) => address !== undefined);
  }

  get #network() {
    return Object.values(this.#info.NetworkSettings.Networks)[0];
  }

  async refresh(): Promise<this> {
    this.#info = await this.#do('look at', (container) => container.inspect());
    return this;
  }

  /** The lines it has logged, with their times. */
  logs(options?: LogOptions): AsyncGenerator<LogEvent> {
    return readLog(this, options);
  }

  /** Runs a command in the host, as the host's own user, and waits for its end. */
  async exec(command: readonly string[]): Promise<Execution> {
    return execute(this.id, command, `run "${command.join(' ')}" in host "${this.name}"`);
  }

  /** Freezes every process of the host: it still has its addresses, and nobody answers. */
  async pause(): Promise<void> {
    await this.#change('pause', (container) => container.pause());
  }

  async unpause(): Promise<void> {
    await this.#change('unpause', (container) => container.unpause());
  }

  /** Ends the host at once (SIGKILL), or sends it another signal. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#change('kill', (container) => container.kill({ signal }));
  }

  /** Asks the host to end (SIGTERM), and kills it after `timeoutMs`. Default: 10 s. */
  async stop({ timeoutMs = 10_000 } = {}): Promise<void> {
    const t = Math.ceil(timeoutMs / 1000);
    await this.#change('stop', (container) => container.stop({ t }));
  }

  async start(): Promise<void> {
    await this.#change('start', (container) => container.start());
  }

  /** Stops the host as `stop` does, and starts it again. */
  async restart({ timeoutMs = 10_000 } = {}): Promise<void> {
    const t = Math.ceil(timeoutMs / 1000);
    await this.#change('restart', (container) => container.restart({ t }));
  }

  /**
   * Makes sure that the host has a network now.
   *
   * @throws {LabError} `HOST_NOT_RUNNING`
   */
  async requireRunning(deed: string): Promise<void> {
    await this.refresh();
    if (this.hasNetwork) return;
    const why = `it must be running, but is ${this.state}`;
    throw new LabError('HOST_NOT_RUNNING', `Cannot ${deed} host "${this.name}": ${why}`);
  }

  async #change(verb: string, deed: (container: Container) => Promise<unknown>): Promise<void> {
    try {
      await this.#do(verb, deed);
    } catch (error) {
      if (!isSoAlready(error)) throw error;
    }
    await this.refresh();
  }

  #do<T>(verb: string, deed: (container: Container) => Promise<T>): Promise<T> {
    return ask(`${verb} host "${this.name}"`, (engine) => deed(engine.getContainer(this.id)));
  }
}

/** Whether the engine had nothing to do: somebody else has stopped, or started, the host. */
function isSoAlready(error: unknown): boolean {
  return ((error as Error).cause as { statusCode?: number } | undefined)?.statusCode === 304;
}
