/**
 * A lab: the Compose project that is running, or some hosts on a network of their own that a test starts.
 *
 * @example
 * await using lab = await Lab.start();
 * const server = await lab.startHost('server', { image: 'my-service', env: { PORT: '50000' } });
 */
import { Capture, type CaptureOptions } from './capture/capture.ts';
import { type DrawOptions, drawEvents } from './diagram/draw-events.ts';
import { removeLab } from './engine/remove.ts';
import { variable } from './engine/variable.ts';
import { allFaults, healFaults } from './faults/all-faults.ts';
import { killHost, stopHost } from './faults/ended-hosts.ts';
import type { Fault } from './faults/fault.ts';
import type { Faults } from './faults/faults.ts';
import { type Hold, type HoldOptions, holdPackets } from './faults/hold.ts';
import { type Between, type ImpairmentSettings, impair } from './faults/impair.ts';
import { impairSeveral, type OfPreset, type Several } from './faults/impair-several.ts';
import { resetConnections } from './faults/reset.ts';
import { findHosts, findNamed } from './hosts/find-hosts.ts';
import type { Host } from './hosts/host.ts';
import { hasHosts, labsThatRun } from './hosts/list-hosts.ts';
import { networkHostsOf } from './hosts/network-hosts.ts';
import type { Roster } from './hosts/roster.ts';
import type { HostOptions } from './hosts/start-host.ts';
import { startNetwork } from './hosts/start-network.ts';
import type { FaultReports } from './model/fault-report.ts';
import { LabError } from './model/lab-error.ts';
import type { ListeningSocket } from './model/listening-socket.ts';
import { type LeftOutOptions, observedHosts } from './observed-hosts.ts';
import { keepLabs } from './sweep/keep-labs.ts';
import { BegunTraces } from './trace/begun-traces.ts';
import { type ListeningOptions, listeningSockets } from './trace/listening-sockets.ts';
import { Trace } from './trace/trace.ts';
import { namesInShort } from './util/names-in-short.ts';
import { LabRecord } from './watch/lab-record.ts';
import { Watch, type WatchOptions } from './watch/watch.ts';

const COMPOSE_PROJECT_DEFAULT = 'socketlab';

/** Hosts on a network: a Compose project that runs, or what `Lab.start` has begun. Its properties and methods are the instruments. */
export class Lab implements Roster, AsyncDisposable {
  /** The labs that this process has started, and not removed yet. */
  static readonly started = new Set<Lab>();
  /** Called with each of them before it is removed, while its hosts can still be asked. */
  static readonly beforeRemoval = new Set<(lab: Lab) => Promise<void>>();

  /** The name of the Compose project, or of the lab's network. */
  readonly name: string;
  /** Whether this process started the lab, and therefore removes it. */
  readonly #isOwn: boolean;
  readonly #traces = new BegunTraces();
  #record: LabRecord | undefined;

  private constructor(name: string, isOwn: boolean) {
    this.name = name;
    this.#isOwn = isOwn;
  }

  /**
   * Attaches to a running lab: a Compose project, found by its labels.
   *
   * @param options which lab
   * @param options.project default: the value of `COMPOSE_PROJECT_NAME`, or `socketlab`
   * @throws {LabError} `NO_LAB` when it has no hosts; the message names the labs that have.
   */
  static async attach(options: { project?: string } = {}): Promise<Lab> {
    const project = options.project ?? variable('COMPOSE_PROJECT_NAME') ?? COMPOSE_PROJECT_DEFAULT;
    if (await hasHosts(project)) return new Lab(project, false);
    throw await noLab(project);
  }

  /** The names of the labs that have a running host: any Compose projects, and labs that tests have started. */
  static names(): Promise<string[]> {
    return labsThatRun();
  }

  /**
   * Starts a lab: creates a network with IPv4 and IPv6, from which nothing outside can be reached. It is removed at the end of its
   * scope, or when this process ends, however it ends.
   *
   * @param options what the network has
   * @param options.ipv6 default: the value of `LAB_IPV6`, `on` or `off`; otherwise whatever the engine supports: if it cannot
   * do IPv6, the lab uses IPv4 alone, and a line on standard error says so.
   * @throws {LabError} `ENGINE_FAILED`, also when IPv6 is requested and the engine does not support it.
   */
  static async start(options: { ipv6?: boolean } = {}): Promise<Lab> {
    keepLabs();
    const lab = new Lab(await startNetwork(options.ipv6), true);
    Lab.started.add(lab);
    return lab;
  }

  /** Every host of the lab, sorted by name, including those that have stopped. */
  hosts(): Promise<Host[]> {
    return findHosts(this.name);
  }

  /** @throws {LabError} `NO_HOST`; the message names the existing hosts. */
  async find(name: string): Promise<Host> {
    const [host] = await findNamed(this.name, [name]);
    return host as Host;
  }

  /**
   * Starts a host on the network of a lab that this process started; other hosts reach it by its name.
   *
   * @param name letters, digits and hyphens
   * @param options its image, and what differs from the defaults
   * @throws {TypeError} for a lab that was attached: only the process that started a lab starts and removes its hosts.
   * @throws {RangeError} for an invalid name.
   * @throws {LabError} `HOST_EXISTS`, `ENGINE_FAILED`, or `HOST_NOT_READY` with its exit code and last log lines; then it is removed.
   */
  async startHost(name: string, options: HostOptions): Promise<Host> {
    if (!this.#isOwn) {
      const why = `lab "${this.name}" was attached, and hosts can be started only in a lab from Lab.start`;
      throw new TypeError(`Cannot start host "${name}": ${why}`);
    }
    // Testcontainers takes longer to load than everything else, and the command line starts no hosts.
    const place = { lab: this.name, name };
    if (options.traced) {
      const { startTracedHost } = await import('./trace/start-traced-host.ts');
      return startTracedHost(place, options, this.#traces);
    }
    const { startHost } = await import('./hosts/start-host.ts');
    return startHost(place, options);
  }

  /**
   * Captures the packets of the named hosts, or of all that are running; see `Capture`. Hosts that share a network are captured
   * once, under the name of the host that owns the network. Without names, `onLeftOut` learns which cannot be captured.
   *
   * @throws {LabError} when a host does not exist, is not running, or has no network of its own (`HOST_NETWORK`, `NO_NETWORK`).
   */
  async capture(
    names?: readonly string[],
    options: CaptureOptions & LeftOutOptions = {},
  ): Promise<Capture> {
    const chosen = await observedHosts(this, 'capture', names, options);
    // For a host that shares a network, the capture must know with which.
    const shares = chosen.some(({ network }) => network.kind === 'shared');
    return Capture.start(shares ? networkHostsOf(chosen, await this.hosts()) : chosen, options);
  }

  /**
   * Traces the socket calls of the chosen hosts, or of all that are running; see `Trace`. For a host that was started with
   * `traced`, the first trace has every call since its start, even if the host has stopped by now.
   *
   * @param chosen names of hosts, or hosts
   * @param options without `chosen`: who is told of those that cannot be traced
   * @throws {LabError} when a host does not exist, is not running, is being traced already, or has this machine's network or
   * processes.
   */
  async trace(chosen?: readonly (string | Host)[], options: LeftOutOptions = {}): Promise<Trace> {
    const isTraced = ({ id }: Host) => this.#traces.has(id);
    const hosts = await observedHosts(this, 'trace', chosen, {
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

  /** Watches everything that happens at some hosts, or at all: packets, calls, log lines, faults; see `Watch`. */
  watch(options?: WatchOptions): Promise<Watch> {
    return Watch.start(this, options);
  }

  /**
   * Keeps what happens from now on, for `diagram`; the latest 20,000 events. While this process traces the calls of a host, nothing else can.
   *
   * @param options as of `watch`; with `calls: false` programs are not slowed down
   */
  async record(options?: WatchOptions): Promise<void> {
    await this.#record?.stop();
    this.#record = await LabRecord.start(this, options);
  }

  /** Whether there is something for `diagram` to draw. */
  get isRecorded(): boolean {
    return this.#record !== undefined;
  }

  /**
   * What has happened since `record`, which ends with that, as a sequence diagram: the text that `./socketlab watch` shows. For a
   * snapshot, leave out times and calls, which differ from run to run; packets that cross each other may still change places.
   *
   * @throws {TypeError} if nothing was recorded.
   *
   * @example
   * await lab.record({ calls: false });
   * await client.exec(['ask', 'server']);
   * expect(await lab.diagram({ times: false })).toMatchSnapshot();
   */
  async diagram(options?: DrawOptions): Promise<string> {
    if (this.#record === undefined) {
      throw new TypeError(
        `Cannot draw lab "${this.name}": call lab.record() before what is to be drawn`,
      );
    }
    return drawEvents(await this.#record.stop(), options);
  }

  /**
   * Impairs the path from one host to another, or both ways; see `Fault`.
   *
   * @throws {RangeError | TypeError} for invalid settings.
   * @throws {LabError} when a host does not exist, or is not running.
   */
  impair(fault: Between & ImpairmentSettings): Promise<Fault>;
  /**
   * Impairs a path in several ways at once, or as a preset does: all of them begin, or none.
   *
   * @example
   * await using line = await lab.impair({ from: 'client', to: 'server', preset: 'dsl' });
   */
  impair(path: Several | OfPreset): Promise<Faults>;
  impair(path: (Between & ImpairmentSettings) | Several | OfPreset): Promise<Fault | Faults> {
    return 'kind' in path ? impair(this, path) : impairSeveral(this, path);
  }

  /** Holds the packets between two hosts, each until a decision; see `Hold`. */
  hold(options: HoldOptions): Promise<Hold> {
    return holdPackets(this, options);
  }

  /** Kills a host (SIGKILL), as a fault: `heal` starts it again. */
  async kill(name: string): Promise<void> {
    await killHost(await this.find(name));
  }

  /** Stops a host gracefully (SIGTERM), and kills it after 10 s, as a fault: `heal` starts it again. */
  async stop(name: string): Promise<void> {
    await stopHost(await this.find(name));
  }

  /** Resets every open TCP connection of a host. @returns how many there were */
  async resetConnections(name: string): Promise<number> {
    return resetConnections(await this.find(name));
  }

  /**
   * The sockets of a host that wait for peers, as its kernel lists them; see `listeningSockets`.
   *
   * @throws {LabError} if the host is not running.
   */
  async listeningSockets(name: string, options: ListeningOptions): Promise<ListeningSocket[]> {
    return listeningSockets(await this.find(name), options);
  }

  /** All faults in effect now, whichever process began them. */
  faults(): Promise<FaultReports> {
    return allFaults(this);
  }

  /** Heals faults by their ids; default: all, but no host that has ended by itself is started. @returns what was healed */
  heal(ids?: readonly string[]): Promise<FaultReports> {
    return healFaults(this, ids);
  }

  /** Removes a lab that this process started, with its hosts and probes; nothing of an attached one. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (Lab.started.delete(this)) for (const tell of Lab.beforeRemoval) await tell(this);
    // That it broke off is told by `diagram`.
    await this.#record?.stop().catch(() => undefined);
    if (this.#isOwn) await removeLab(this.name);
  }
}

async function noLab(project: string): Promise<LabError> {
  const others = await Lab.names();
  const why =
    others.length === 0 ? 'Is it up?' : `The labs that are running are ${namesInShort(others)}`;
  return new LabError('NO_LAB', `Cannot find lab "${project}": no host of it exists. ${why}`);
}
