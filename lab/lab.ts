/**
 * Some hosts on one network: the Compose project that is running, or a lab of one's own.
 *
 * @example
 * await using lab = await Lab.start();
 * const server = await lab.startHost('server', { image: 'my-service', env: { PORT: '50000' } });
 */
import { Capture, type CaptureOptions } from './capture/capture.ts';
import { removeLab } from './engine/remove.ts';
import { variable } from './engine/variable.ts';
import { allFaults, healFaults } from './faults/all-faults.ts';
import type { Fault } from './faults/fault.ts';
import { type Hold, type HoldOptions, holdPackets } from './faults/hold.ts';
import { type Between, type ImpairmentSettings, impair } from './faults/impair.ts';
import { resetConnections } from './faults/reset.ts';
import { findHosts, findNamed } from './hosts/find-hosts.ts';
import type { Host } from './hosts/host.ts';
import { hasHosts, labsThatRun } from './hosts/list-hosts.ts';
import { networkHostsOf, probeable } from './hosts/network-hosts.ts';
import type { Roster } from './hosts/roster.ts';
import type { HostOptions } from './hosts/start-host.ts';
import { startNetwork } from './hosts/start-network.ts';
import type { FaultReports } from './model/fault-report.ts';
import { LabError } from './model/lab-error.ts';
import { BegunTraces } from './trace/begun-traces.ts';
import { Trace } from './trace/trace.ts';
import { namesInShort } from './util/names-in-short.ts';
import { Watch, type WatchOptions } from './watch/watch.ts';

const COMPOSE_PROJECT_DEFAULT = 'socketlab';

export interface LeftOutOptions {
  /** Told of hosts that are left out, as they have this machine's network, or none. */
  readonly onLeftOut?: (error: LabError) => void;
}

interface ObservedOptions extends LeftOutOptions {
  /** Whether a host that does not run is observed all the same. */
  readonly isObserved?: (host: Host) => boolean;
  /** Whether processes are looked at, not only packets. */
  readonly seesProcesses?: boolean;
}

export class Lab implements Roster, AsyncDisposable {
  readonly name: string;
  /** Whether this process started the lab, and so ends it. */
  readonly #isOwn: boolean;
  readonly #traces = new BegunTraces();

  private constructor(name: string, isOwn: boolean) {
    this.name = name;
    this.#isOwn = isOwn;
  }

  /**
   * Finds a lab that is running: a Compose project, by its labels.
   *
   * @param options.project default: `socketlab`, or what `COMPOSE_PROJECT_NAME` says
   * @throws {LabError} `NO_LAB` when it has no host, with the names of those that have.
   */
  static async attach(options: { project?: string } = {}): Promise<Lab> {
    const project = options.project ?? variable('COMPOSE_PROJECT_NAME') ?? COMPOSE_PROJECT_DEFAULT;
    if (await hasHosts(project)) return new Lab(project, false);
    throw await noLab(project);
  }

  /** The labs that have a host that runs: Compose projects, whatever they are of, and labs that tests have started. */
  static names(): Promise<string[]> {
    return labsThatRun();
  }

  /**
   * Makes a network of its own, with IPv4 and IPv6, from which nothing outside can be reached.
   *
   * @param options.ipv6 default: what `LAB_IPV6` says, `on` or `off`; else as the engine can: where it cannot, the lab goes on
   * over IPv4 alone, and a line on standard error says so.
   * @throws {LabError} `ENGINE_FAILED`, also when IPv6 is asked for, and the engine cannot.
   */
  static async start(options: { ipv6?: boolean } = {}): Promise<Lab> {
    return new Lab(await startNetwork(options.ipv6), true);
  }

  /** Every host of the lab, by name, also those that have ended. */
  hosts(): Promise<Host[]> {
    return findHosts(this.name);
  }

  /** @throws {LabError} `NO_HOST`, with the names that there are. */
  async find(name: string): Promise<Host> {
    const [host] = await findNamed(this.name, [name]);
    return host as Host;
  }

  /**
   * Starts a host on the network of a lab that this process started; others reach it by its name.
   *
   * @param name letters, digits and hyphens
   * @throws {TypeError} for a lab that was attached: whoever started it starts its hosts, and removes them.
   * @throws {RangeError} for a name that cannot be.
   * @throws {LabError} `HOST_EXISTS`, or `ENGINE_FAILED` when it does not get ready; then it is removed again.
   */
  async startHost(name: string, options: HostOptions): Promise<Host> {
    if (!this.#isOwn) {
      const why = `lab "${this.name}" is attached, and only Lab.start gives one that takes hosts`;
      throw new TypeError(`Cannot start host "${name}": ${why}`);
    }
    // Testcontainers takes longer to load than all the rest, and the command line starts no host.
    const place = { lab: this.name, name };
    if (options.traced) {
      const { startTracedHost } = await import('./trace/start-traced-host.ts');
      return startTracedHost(place, options, this.#traces);
    }
    const { startHost } = await import('./hosts/start-host.ts');
    return startHost(place, options);
  }

  /**
   * Captures the packets of some hosts, or of all that run; see `Capture`. Of hosts that share a network it is one capture, under
   * the name of the host whose network it is. Without names, `onLeftOut` is told of those that cannot be captured.
   *
   * @throws {LabError} when a host is not there, not running, or has no network of its own (`HOST_NETWORK`, `NO_NETWORK`).
   */
  async capture(
    names?: readonly string[],
    options: CaptureOptions & LeftOutOptions = {},
  ): Promise<Capture> {
    const chosen = await this.#observed('capture', names, options);
    // Of one that shares a network it has to be known with whom.
    const shares = chosen.some(({ network }) => network.kind === 'shared');
    return Capture.start(shares ? networkHostsOf(chosen, await this.hosts()) : chosen, options);
  }

  /**
   * Traces the socket calls of some hosts, or of all that run; see `Trace`. Of a host that was started with `traced`, the
   * first trace has every call since its start, also when the host has ended by now.
   *
   * @param chosen names, or hosts as they were found
   * @throws {LabError} when a host is not there, not running, traced already, or has this machine's network or processes.
   */
  async trace(chosen?: readonly (string | Host)[], options: LeftOutOptions = {}): Promise<Trace> {
    const isTraced = ({ id }: Host) => this.#traces.has(id);
    const hosts = await this.#observed('trace', chosen, {
      ...options,
      isObserved: isTraced,
      seesProcesses: true,
    });
    const others = hosts.filter(({ id }) => !this.#traces.has(id));
    const begun = await this.#traces.take(hosts.map(({ id }) => id));
    try {
      return await Trace.start(others, begun);
    } catch (error) {
      this.#traces.release(begun);
      throw error;
    }
  }

  /** Watches all that happens, of some hosts or of all: packets, calls, log lines, faults; see `Watch`. */
  watch(options?: WatchOptions): Promise<Watch> {
    return Watch.start(this, options);
  }

  /**
   * Impairs the path from one host to another, or both ways; see `Fault`.
   *
   * @throws {RangeError | TypeError} for settings that cannot be.
   * @throws {LabError} when a host is not there, or not running.
   */
  impair(fault: Between & ImpairmentSettings): Promise<Fault> {
    return impair(this, fault);
  }

  /** Holds the packets between two hosts until each is decided upon; see `Hold`. */
  hold(options: HoldOptions): Promise<Hold> {
    return holdPackets(this, options);
  }

  /** Resets every TCP connection that a host has open. @returns how many there were. */
  async resetConnections(name: string): Promise<number> {
    return resetConnections(await this.find(name));
  }

  /** All that is wrong now, whoever began it. */
  faults(): Promise<FaultReports> {
    return allFaults(this);
  }

  /** Ends what is wrong, by id, or all of it. @returns what was healed. */
  heal(ids?: readonly string[]): Promise<FaultReports> {
    return healFaults(this, ids);
  }

  /**
   * The hosts of these names, and these hosts; else those that can be observed. No probe is made before all that are named have
   * been looked at.
   */
  async #observed(
    action: string,
    chosen: readonly (string | Host)[] | undefined,
    { isObserved = () => false, seesProcesses = false, onLeftOut }: ObservedOptions,
  ): Promise<Host[]> {
    if (chosen) {
      const names = new Set(chosen.filter((one) => typeof one === 'string'));
      const named = await findNamed(this.name, [...names]);
      const others = named.filter((host) => !isObserved(host));
      await Promise.all(others.map((host) => host.requireNetwork(action)));
      if (seesProcesses) for (const host of others) host.requireOwnProcesses(action);
      return [...named, ...chosen.filter((one) => typeof one !== 'string')];
    }
    const running = (await this.hosts()).filter(
      (host) => host.state === 'running' || isObserved(host),
    );
    const { hosts, leftOut } = probeable(running, { seesProcesses });
    if (leftOut) onLeftOut?.(leftOut);
    return hosts;
  }

  /** Removes a lab that was started here, with its hosts and probes; of an attached one, nothing. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isOwn) await removeLab(this.name);
  }
}

async function noLab(project: string): Promise<LabError> {
  const others = await Lab.names();
  const why = others.length === 0 ? 'Is it up?' : `Those that run are ${namesInShort(others)}`;
  return new LabError('NO_LAB', `Cannot find lab "${project}": no host of it exists. ${why}`);
}
