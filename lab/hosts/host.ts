import {
  type AskOptions,
  ask,
  type Container,
  type ContainerInspectInfo,
} from '../engine/docker.ts';
import { type Execution, execute, outputOf, type Spawned, spawnIn } from '../engine/execute.ts';
import { freeze } from '../engine/freeze.ts';
import { COMPOSE_SERVICE, ROLE } from '../engine/labels.ts';
import type { LogEvent } from '../model/event.ts';
import { type HostState, type Role, roles } from '../model/host-state.ts';
import { LabError } from '../model/lab-error.ts';
import { diskUsage } from './disk-usage.ts';
import { type HostInterface, interfacesOf } from './host-interface.ts';
import { type LogOptions, readLog } from './host-log.ts';
import { type FoundNetwork, type HostNetwork, lookUpContainer, networkOf } from './host-network.ts';
import { networkRefusal, processesRefusal, type Refusal } from './refusal.ts';

/** What the health check of a host says. */
export type Health = 'starting' | 'healthy' | 'unhealthy' | 'unknown';

/** A host's name, and its lab. */
export interface HostNames {
  readonly host: string;
  readonly lab: string;
  /** The name in the lab of another container, by its id; undefined if it is not part of the lab. Default: none is. */
  readonly nameOf?: (id: string) => string | undefined;
}

/**
 * A container that plays a role: ours, or a learner's program. It has a network stack of its own, or shares another's. Its
 * properties are as of the last `refresh`; every action refreshes them.
 */
export class Host {
  /** The id of its container. */
  readonly id: string;
  /** Unique in its lab: the name of its service, with a number appended if there are several. */
  readonly name: string;
  /** The lab that it belongs to. */
  readonly lab: string;
  readonly #nameOf: (id: string) => string | undefined;
  #info: ContainerInspectInfo;
  #found: FoundNetwork;

  private constructor(names: HostNames, info: ContainerInspectInfo, found: FoundNetwork) {
    this.id = info.Id;
    this.name = names.host;
    this.lab = names.lab;
    this.#nameOf = nameOfIn(names);
    this.#info = info;
    this.#found = found;
  }

  /** @throws {LabError} `NO_HOST` when there is no such container. */
  static async attach(id: string, names: HostNames, lookUp = lookUpContainer): Promise<Host> {
    const info = await ask(`find host "${names.host}"`, (engine) =>
      engine.getContainer(id).inspect(),
    );
    return new Host(names, info, await networkOf(info, lookUp, nameOfIn(names)));
  }

  /** Whether it runs, is paused or has ended. */
  get state(): HostState {
    return this.#info.State.Status as HostState;
  }

  /** The name of its image, as it was started with. */
  get image(): string {
    return this.#info.Config.Image;
  }

  /** The exit code of its last run; 0 while it is running. Above 128, a signal ended it: 137 is SIGKILL. */
  get exitCode(): number {
    return this.#info.State.ExitCode;
  }

  /** Its first process, in the PID namespace of the engine; 0 unless it is up. */
  get pid(): number {
    return this.#info.State.Pid;
  }

  /** When it was last started. */
  get startedAt(): Date {
    return new Date(this.#info.State.StartedAt);
  }

  /** When a run of it last ended; undefined if none has. */
  get finishedAt(): Date | undefined {
    const at = new Date(this.#info.State.FinishedAt);
    return at.getTime() > 0 ? at : undefined;
  }

  /** What its health check says; unknown where it has none. */
  get health(): Health {
    const status = this.#info.State.Health?.Status;
    return status === undefined || status === 'none' ? 'unknown' : (status as Health);
  }

  /** The engine's health check: `['CMD', 'node', 'health.js']`; empty if there is none. */
  get healthCheck(): readonly string[] {
    return this.#info.Config.Healthcheck?.Test ?? [];
  }

  /** Its role, from its image's label; otherwise from the name of its service, as for a learner's own program. */
  get role(): Role | undefined {
    const { [ROLE]: ofImage, [COMPOSE_SERVICE]: service } = this.#info.Config.Labels;
    return roles.find((role) => role === (ofImage ?? service));
  }

  /** Whether it has processes: it is running, or paused. */
  get isUp(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  /** Whose network it has; if it is not up, the network that it would have. */
  get network(): HostNetwork {
    return this.#found.network;
  }

  /** Whether it has a network now, its own or a shared one. */
  get hasNetwork(): boolean {
    return this.isUp && (this.network.kind === 'own' || this.network.kind === 'shared');
  }

  /** Whether its process namespace is this machine's (`pid: host`): then it cannot be traced. */
  get seesMachine(): boolean {
    return this.#found.seesMachine;
  }

  /** Whether its processes are among those of another container (`pid: service:b`). */
  get isGuest(): boolean {
    return this.#info.HostConfig.PidMode?.startsWith('container:') ?? false;
  }

  /** The container whose network namespace it is in: its own id, unless it shares the network of another one. */
  get networkId(): string {
    return this.network.kind === 'shared' ? this.network.id : this.id;
  }

  /** Since when that namespace has existed: a container that is started again gets a new one. */
  get networkSince(): Date {
    return new Date(this.#found.owner.State.StartedAt);
  }

  /** Its interfaces, one a network, or those of the host whose network it shares. None while it has no network. */
  get interfaces(): HostInterface[] {
    return this.hasNetwork ? interfacesOf(this.#found.owner) : [];
  }

  /** All its addresses, IPv4 and IPv6. */
  get addresses(): string[] {
    const all = this.interfaces.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
    return all.filter((address) => address !== undefined);
  }

  /** Its first IPv4 address: in a lab with one network, its only one. */
  get ipv4(): string | undefined {
    return this.interfaces.find(({ ipv4 }) => ipv4 !== undefined)?.ipv4;
  }

  /** Its first IPv6 address. */
  get ipv6(): string | undefined {
    return this.interfaces.find(({ ipv6 }) => ipv6 !== undefined)?.ipv6;
  }

  /** Reads its properties anew. */
  async refresh(): Promise<this> {
    const info = await this.#do('look at', (container) => container.inspect());
    this.#found = await networkOf(info, lookUpContainer, this.#nameOf);
    this.#info = info;
    return this;
  }

  /** The lines it has logged, with their times. */
  logs(options?: LogOptions): AsyncGenerator<LogEvent> {
    return readLog(this, options);
  }

  /** Runs a command in the host, as the host's own user, and waits until it ends. */
  async exec(command: readonly string[]): Promise<Execution> {
    return execute(this.id, command, `run "${command.join(' ')}" in host "${this.name}"`);
  }

  /** Starts a command in the host, as the host's own user, to talk to it over its standard input and output. */
  async spawn(command: readonly string[]): Promise<Spawned> {
    return spawnIn(this.id, command, `start "${command.join(' ')}" in host "${this.name}"`);
  }

  /** What its program prints from now on, byte for byte, where `logs` has lines of text. Both outputs end when the host stops. */
  async output(): Promise<Omit<Spawned, 'stdin'>> {
    return outputOf(this.id, `read the output of host "${this.name}"`);
  }

  /** What it has on the engine's disk, in bytes: see `diskUsage`. */
  async diskUsage(): Promise<number> {
    return diskUsage(this.id, `measure the files of host "${this.name}"`);
  }

  /** Waits until it has stopped, at most `timeoutMs`. @returns whether it has */
  async ended({ timeoutMs }: { timeoutMs: number }): Promise<boolean> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      await this.#do('wait for', (container) => container.wait({ abortSignal: timeout }), {
        withinMs: Number.POSITIVE_INFINITY,
      });
    } catch (error) {
      if (!timeout.aborted) throw error;
    }
    await this.refresh();
    return !this.isUp;
  }

  /** Freezes every process of the host: it keeps its addresses, and does not respond. */
  async pause(): Promise<void> {
    await this.#change('pause', freeze);
  }

  /** Lets its processes go on. */
  async unpause(): Promise<void> {
    await this.#change('unpause', (container) => container.unpause());
  }

  /** Kills the host (SIGKILL), or sends it another signal. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#change('kill', (container) => container.kill({ signal }));
  }

  /** Stops the host gracefully (SIGTERM), and kills it after `timeoutMs`. Default: 10 s. */
  async stop({ timeoutMs = 10_000 } = {}): Promise<void> {
    const t = Math.ceil(timeoutMs / 1000);
    // The kill, if it comes to that, is another request's worth of work.
    const withinMs = timeoutMs + 120_000;
    await this.#change('stop', (container) => container.stop({ t }), { withinMs });
  }

  /** Starts the host again, with new addresses perhaps. */
  async start(): Promise<void> {
    await this.#change('start', (container) => container.start());
  }

  /** Stops the host as `stop` does, and starts it again. */
  async restart(options: { timeoutMs?: number } = {}): Promise<void> {
    // Not with the engine's own restart: version 26 can leave a host that is given no time to stop without its file system.
    await this.stop(options);
    await this.start();
  }

  /** Checks that the host is running or paused now. @throws {LabError} `HOST_NOT_RUNNING` */
  async requireRunning(action: string): Promise<void> {
    await this.refresh();
    if (this.isUp) return;
    const why = `it must be running, but is ${this.state}`;
    throw new LabError('HOST_NOT_RUNNING', `Cannot ${action} host "${this.name}": ${why}`);
  }

  /**
   * Checks that the host has a network now in which a probe can do no harm to others. To be called before a probe is created.
   *
   * @throws {LabError} `HOST_NOT_RUNNING`; `HOST_NETWORK` if the network is this machine's; `NO_NETWORK` if there is none.
   */
  async requireNetwork(action: string): Promise<void> {
    await this.requireRunning(action);
    this.requireProbeable(action);
  }

  /** Checks the network alone, as of the last refresh. @throws {LabError} `HOST_NETWORK`, `NO_NETWORK` */
  requireProbeable(action: string): void {
    this.#requireNone(networkRefusal(this.network), action);
  }

  /** Checks that a probe which sees its processes does not see this machine's. @throws {LabError} `HOST_PROCESSES` */
  requireOwnProcesses(action: string): void {
    this.#requireNone(processesRefusal(this.seesMachine), action);
  }

  #requireNone(refusal: Refusal | undefined, action: string): void {
    if (refusal === undefined) return;
    throw new LabError(refusal.code, `Cannot ${action} host "${this.name}": it ${refusal.why}`);
  }

  async #change(
    verb: string,
    action: (container: Container) => Promise<unknown>,
    options?: AskOptions,
  ): Promise<void> {
    try {
      await this.#do(verb, action, options);
    } catch (error) {
      if (!isAlreadySo(error)) throw error;
    }
    await this.refresh();
  }

  async #do<T>(
    verb: string,
    action: (container: Container) => Promise<T>,
    options?: AskOptions,
  ): Promise<T> {
    const what = `${verb} host "${this.name}"`;
    try {
      return await ask(what, (engine) => action(engine.getContainer(this.id)), options);
    } catch (error) {
      // The engine names it by its id, which nobody knows.
      if (error instanceof LabError)
        error.message = error.message.replaceAll(this.id.slice(0, 12), this.name);
      throw error;
    }
  }
}

const nameOfIn = ({ nameOf = () => undefined }: HostNames) => nameOf;

/** Whether the engine had nothing to do (304 Not Modified): the host was already stopped, or started. */
function isAlreadySo(error: unknown): boolean {
  return ((error as Error).cause as { statusCode?: number } | undefined)?.statusCode === 304;
}
