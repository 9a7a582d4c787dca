import { ask, type Container, type ContainerInspectInfo } from '../engine/docker.ts';
import { type Execution, execute } from '../engine/execute.ts';
import { freeze } from '../engine/freeze.ts';
import { COMPOSE_SERVICE, ROLE } from '../engine/labels.ts';
import type { LogEvent } from '../model/event.ts';
import { type HostState, type Role, roles } from '../model/host-state.ts';
import { LabError } from '../model/lab-error.ts';
import { type HostInterface, interfacesOf } from './host-interface.ts';
import { type LogOptions, readLog } from './host-log.ts';
import { type FoundNetwork, type HostNetwork, lookUpContainer, networkOf } from './host-network.ts';
import { networkRefusal, processesRefusal, type Refusal } from './refusal.ts';

export type Health = 'starting' | 'healthy' | 'unhealthy' | 'unknown';

/** What a host is called, and where. */
export interface HostNames {
  readonly host: string;
  readonly lab: string;
  /** What the lab calls another container, by its id; undefined for a stranger. Default: all are strangers. */
  readonly nameOf?: (id: string) => string | undefined;
}

/**
 * A container that plays a role: ours, or a learner's program. It has a network stack of its own, or shares that of another one.
 * What it knows of itself is as of the last `refresh`; every action refreshes it.
 */
export class Host {
  readonly id: string;
  /** Unique in its lab: the service's name, with a number behind it where there are several. */
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

  /** When its last run ended; undefined for a container that has had none to its end. */
  get finishedAt(): Date | undefined {
    const at = new Date(this.#info.State.FinishedAt);
    return at.getTime() > 0 ? at : undefined;
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

  /** Whether it has processes. */
  get isUp(): boolean {
    return this.state === 'running' || this.state === 'paused';
  }

  /** Whose network it has; of a host that is not up, the one that it would have. */
  get network(): HostNetwork {
    return this.#found.network;
  }

  /** Whether there is a network now that it has for itself, or shares. */
  get hasNetwork(): boolean {
    return this.isUp && (this.network.kind === 'own' || this.network.kind === 'shared');
  }

  /** Whether its process namespace is this machine's (`pid: host`): then nobody can trace it. */
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

  /** Since when there is that namespace: a container that is started again gets another one. */
  get networkSince(): Date {
    return new Date(this.#found.owner.State.StartedAt);
  }

  /** Its interfaces, one a network; of one that shares the network of another, those of that. None while it has no network. */
  get interfaces(): HostInterface[] {
    return this.hasNetwork ? interfacesOf(this.#found.owner) : [];
  }

  /** All of its addresses, IPv4 and IPv6. */
  get addresses(): string[] {
    const all = this.interfaces.flatMap(({ ipv4, ipv6 }) => [ipv4, ipv6]);
    return all.filter((address) => address !== undefined);
  }

  /** Its first IPv4 address: on a lab of one network its only one. */
  get ipv4(): string | undefined {
    return this.interfaces.find(({ ipv4 }) => ipv4 !== undefined)?.ipv4;
  }

  /** Its first IPv6 address. */
  get ipv6(): string | undefined {
    return this.interfaces.find(({ ipv6 }) => ipv6 !== undefined)?.ipv6;
  }

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

  /** Runs a command in the host, as the host's own user, and waits for its end. */
  async exec(command: readonly string[]): Promise<Execution> {
    return execute(this.id, command, `run "${command.join(' ')}" in host "${this.name}"`);
  }

  /** Freezes every process of the host: it still has its addresses, and nobody answers. */
  async pause(): Promise<void> {
    await this.#change('pause', freeze);
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
  async restart(options: { timeoutMs?: number } = {}): Promise<void> {
    // Not by the engine's restart: version 26 can leave a host that has no time to end without its file system.
    await this.stop(options);
    await this.start();
  }

  /** Makes sure that the host is running now, or paused. @throws {LabError} `HOST_NOT_RUNNING` */
  async requireRunning(action: string): Promise<void> {
    await this.refresh();
    if (this.isUp) return;
    const why = `it must be running, but is ${this.state}`;
    throw new LabError('HOST_NOT_RUNNING', `Cannot ${action} host "${this.name}": ${why}`);
  }

  /**
   * Makes sure that the host has a network now in which a probe can do no harm to others. To be called before a probe is made.
   *
   * @throws {LabError} `HOST_NOT_RUNNING`; `HOST_NETWORK` where the network is this machine's, `NO_NETWORK` where there is none.
   */
  async requireNetwork(action: string): Promise<void> {
    await this.requireRunning(action);
    this.requireProbeable(action);
  }

  /** Makes sure of that network alone, as of the last refresh. @throws {LabError} `HOST_NETWORK`, `NO_NETWORK` */
  requireProbeable(action: string): void {
    this.#requireNone(networkRefusal(this.network), action);
  }

  /** Makes sure that a probe which sees its processes does not see this machine's. @throws {LabError} `HOST_PROCESSES` */
  requireOwnProcesses(action: string): void {
    this.#requireNone(processesRefusal(this.seesMachine), action);
  }

  #requireNone(refusal: Refusal | undefined, action: string): void {
    if (refusal === undefined) return;
    throw new LabError(refusal.code, `Cannot ${action} host "${this.name}": it ${refusal.why}`);
  }

  async #change(verb: string, action: (container: Container) => Promise<unknown>): Promise<void> {
    try {
      await this.#do(verb, action);
    } catch (error) {
      if (!isSoAlready(error)) throw error;
    }
    await this.refresh();
  }

  #do<T>(verb: string, action: (container: Container) => Promise<T>): Promise<T> {
    return ask(`${verb} host "${this.name}"`, (engine) => action(engine.getContainer(this.id)));
  }
}

const nameOfIn = ({ nameOf = () => undefined }: HostNames) => nameOf;

/** Whether the engine had nothing to do: somebody else has stopped, or started, the host. */
function isSoAlready(error: unknown): boolean {
  return ((error as Error).cause as { statusCode?: number } | undefined)?.statusCode === 304;
}
