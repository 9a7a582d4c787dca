/**
 * Everything that happens in a lab, as one stream of events.
 *
 *     hosts ──▶ packets (capture) ──┐
 *           ──▶ socket calls (trace)┤
 *           ──▶ log lines ──────────┼──▶ LabEvent, LabEvent, …  nearly in the order of their times
 *     wires ──▶ faults and fates ───┤
 *     engine ─▶ what hosts are ─────┘
 *
 * Hosts and faults that come later are watched too; a host that is started again is watched again.
 */
import { allDone, failAfter } from '../all-done.ts';
import type { LabError } from '../error.ts';
import type { LabEvent } from '../event.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import { Confluence } from '../merge.ts';
import { Beginning } from './beginning.ts';
import { containerChanges } from './container-changes.ts';
import { hostEvent } from './host-event.ts';
import { type Observation, observeHost } from './observe-host.ts';
import { type WatchedHost, watchedHosts } from './watched-hosts.ts';
import { WireObserver } from './wire-observer.ts';

export interface WatchOptions {
  /** The names of the hosts to watch. Default: all. */
  readonly hosts?: readonly string[];
  /** Whether socket calls are told: tracing makes programs slower. Default: yes. */
  readonly calls?: boolean;
  /** Told when the calls of a host cannot be seen, as when somebody else traces it (`TRACED_ALREADY`); the rest is watched. */
  readonly onTrouble?: (error: LabError, host: string) => void;
  /** Told of hosts that are left out, as a probe may not join their network; again when they are others. */
  readonly onLeftOut?: (error: LabError) => void;
}

/**
 * @example
 * await using watch = await lab.watch();
 * for await (const event of watch) if (event.kind === 'packet') break;
 */
export class Watch implements AsyncDisposable, AsyncIterable<LabEvent> {
  readonly #lab: Lab;
  readonly #options: WatchOptions;
  readonly #events = new Confluence<LabEvent>();
  readonly #ending = new AbortController();
  readonly #beginning = new Beginning();
  readonly #wires: WireObserver;
  /** By the run of the host. */
  readonly #observations = new Map<string, Observation>();
  /** What was told of each host last, by its name. */
  readonly #told = new Map<string, string>();
  /** The names of the hosts that were left out when that was told last. */
  #leftOut = '';
  #startedAt: Date | undefined;
  #lastLook: Promise<void> = Promise.resolve();

  private constructor(lab: Lab, options: WatchOptions) {
    this.#lab = lab;
    this.#options = options;
    this.#wires = new WireObserver(this.#events, this.#ending.signal);
  }

  /**
   * Resolves when every host that runs is watched; what happens is told from then on.
   *
   * @throws {LabError} `NO_HOST` for a name that there is not; and when a host cannot be watched.
   */
  static async start(lab: Lab, options: WatchOptions = {}): Promise<Watch> {
    for (const name of options.hosts ?? []) throwIfDefined((await lab.find(name)).refusal('watch'));
    const watch = new Watch(lab, options);
    const begunAt = new Date();
    try {
      const changes = await containerChanges(lab.name, watch.#ending.signal);
      await watch.#look();
      watch.#startedAt = begunAt;
      watch.#beginning.begin();
      void watch.#follow(changes);
      return watch;
    } catch (error) {
      return failAfter(error, () => watch[Symbol.asyncDispose]());
    }
  }

  [Symbol.asyncIterator](): AsyncIterator<LabEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the watch: what was seen until now can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#lastLook.catch(() => {});
    const observations = [...this.#observations.values()];
    try {
      await allDone(observations.map((observation) => observation.stop()));
    } finally {
      // Not awaited: it may be read only later.
      const told = [...observations.map((observation) => observation.told), this.#wires.told()];
      void Promise.allSettled(told).then(() => this.#events.end());
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.end();
    await this.stop();
  }

  async #follow(changes: AsyncIterable<string>): Promise<void> {
    try {
      for await (const what of changes) {
        if (what !== 'host' && what !== 'wire') continue;
        this.#lastLook = this.#lastLook.then(() => this.#look());
        await this.#lastLook;
      }
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#events.destroy(error as Error);
    }
  }

  /** Begins to watch what has come, and tells what has changed. */
  async #look(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    const { watched, leftOut, leftOutNames } = watchedHosts(
      await this.#lab.hosts(),
      this.#options.hosts,
    );
    const leftOutNow = leftOutNames.join();
    if (leftOut && leftOutNow !== this.#leftOut) this.#options.onLeftOut?.(leftOut);
    this.#leftOut = leftOutNow;
    for (const { host } of watched) this.#tell(host);
    await this.#forgetEnded(watched);
    const hosts = watched.filter(({ packets }) => packets).map(({ host }) => host);
    const looks = [this.#wires.look(hosts), ...watched.map((one) => this.#observe(one))];
    // All of them to their end, so that none has a probe that nobody knows of.
    const failed = (await Promise.allSettled(looks)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  #tell(host: Host): void {
    // Not up yet; whether one looks before it is or after is chance.
    if (host.state === 'created') return;
    const event = hostEvent(host);
    const what = JSON.stringify({ ...event, atNs: '' });
    if (this.#told.get(host.name) === what) return;
    this.#told.set(host.name, what);
    void this.#events.push(event);
  }

  async #observe(watched: WatchedHost): Promise<void> {
    const { host, packets, programs } = watched;
    const key = keyOf(watched);
    const known = this.#observations.get(key);
    if (host.state !== 'running' || known?.host === host.name) return;
    // It has another name: with a second container of its service `a` becomes `a-1`.
    await known?.stop();
    const { calls = true, onTrouble = () => {} } = this.#options;
    const since = known ? new Date() : this.#startedAt && later(this.#startedAt, host.startedAt);
    try {
      const observation = await observeHost(this.#lab, host, {
        ...{ packets, programs, calls, into: this.#events, onTrouble },
        ...(since && { since }),
        beginning: this.#beginning,
      });
      this.#observations.set(key, observation);
    } catch (error) {
      // It may have ended meanwhile, or be gone; that will be told.
      const now = await host.refresh().catch(() => undefined);
      if (now?.state === 'running') throw error;
    }
  }

  /** A host that has ended has taken its network along; one that is started again gets another. */
  async #forgetEnded(watched: readonly WatchedHost[]): Promise<void> {
    const up = watched.filter(({ host }) => host.isUp).map(keyOf);
    for (const [key, observation] of this.#observations) {
      if (up.includes(key)) continue;
      this.#observations.delete(key);
      await observation.stop();
    }
  }
}

const later = (one: Date, other: Date) => (one > other ? one : other);

/** One run of a host, and what of it is watched. */
const keyOf = ({ host: { id, startedAt }, packets, programs }: WatchedHost) =>
  `${id} ${startedAt.toISOString()} ${packets} ${programs}`;

function throwIfDefined(error: LabError | undefined): void {
  if (error) throw error;
}
