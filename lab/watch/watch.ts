/**
 * Everything that happens in a lab, as one stream of events.
 *
 *     hosts ──▶ packets (capture) ──┐
 *           ──▶ socket calls (trace)┤
 *           ──▶ log lines ──────────┼──▶ LabEvent, LabEvent, …  nearly in the order of their times
 *     wires ──▶ faults and fates ───┤
 *     engine ─▶ states of hosts ────┘
 *
 * Hosts and faults that appear later are watched, too; a host that is started again is watched again.
 */

import { allDone, failAfter } from '../engine/all-done.ts';
import { findNamed } from '../hosts/find-hosts.ts';
import { HostTracker } from '../hosts/host-tracker.ts';
import { compareWords } from '../hosts/network-hosts.ts';
import { networkRefusal } from '../hosts/refusal.ts';
import type { LabEvent } from '../model/event.ts';
import type { LabError } from '../model/lab-error.ts';
import { prepareObserver } from '../probes/observer.ts';
import { MergedStream } from '../util/merge.ts';
import { type ContainerChange, containerChanges } from './container-changes.ts';
import { HostNews } from './host-news.ts';
import { Looks } from './looks.ts';
import { type HostObserver, observeHost, type WatchedLab } from './observe-host.ts';
import { StartFilter } from './start-filter.ts';
import { type WatchedHost, watchedHosts } from './watched-hosts.ts';
import { WireObserver } from './wire-observer.ts';

/** What is watched, and what is told meanwhile. */
export interface WatchOptions {
  /** The names of the hosts to watch. Default: all. */
  readonly hosts?: readonly string[];
  /** Whether packets are captured. Default: yes. */
  readonly packets?: boolean;
  /** Whether socket calls are traced. Default: yes. */
  readonly calls?: boolean;
  /** Called when the calls of a host cannot be traced, for example because it has a tracer (`TRACED_ALREADY`); the rest is watched. */
  readonly onTrouble?: (error: LabError, host: string) => void;
  /** Called with the hosts that are left out because a probe may not join their network; again when they change. */
  readonly onLeftOut?: (error: LabError) => void;
  /** Called for each of `all` hosts that appeared together, as at the start, when it is being watched. */
  readonly onProgress?: (watched: number, all: number) => void;
}

/**
 * @example
 * await using watch = await lab.watch();
 * for await (const event of watch) if (event.kind === 'packet') break;
 */
export class Watch implements AsyncDisposable, AsyncIterable<LabEvent> {
  readonly #lab: WatchedLab;
  readonly #options: WatchOptions;
  readonly #events = new MergedStream<LabEvent>();
  readonly #ending = new AbortController();
  readonly #startFilter = new StartFilter();
  readonly #wires: WireObserver;
  readonly #tracker: HostTracker;
  readonly #looks = new Looks((changed) => this.#look(changed));
  /** By the run of the host. */
  readonly #observers = new Map<string, HostObserver>();
  readonly #news = new HostNews();
  /** The names of the hosts that were left out in the last report. */
  #leftOut = '';
  #startedAt: Date | undefined;

  private constructor(lab: WatchedLab, options: WatchOptions) {
    this.#lab = lab;
    this.#options = options;
    this.#tracker = new HostTracker(lab.name);
    this.#wires = new WireObserver(this.#events, this.#ending.signal);
  }

  /**
   * Resolves when every running host is being watched; what happens from then on is reported.
   *
   * @throws {LabError} `NO_HOST` for an unknown name; and if a host cannot be watched.
   */
  static async start(lab: WatchedLab, options: WatchOptions = {}): Promise<Watch> {
    for (const host of await findNamed(lab.name, options.hosts ?? [])) {
      host.requireProbeable('watch');
    }
    prepareObserver();
    const watch = new Watch(lab, options);
    const begunAt = new Date();
    try {
      const changes = await containerChanges(lab.name, watch.#ending.signal);
      await watch.#look();
      watch.#startedAt = begunAt;
      watch.#startFilter.begin();
      void watch.#follow(changes);
      return watch;
    } catch (error) {
      return failAfter(error, () => watch[Symbol.asyncDispose]());
    }
  }

  /** The names of the hosts that are being watched now. */
  get hosts(): string[] {
    return [...this.#observers.values()].map(({ host }) => host).sort(compareWords);
  }

  /** The events, as they come. They end when it stops. */
  [Symbol.asyncIterator](): AsyncIterator<LabEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the watch: events so far can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#looks.over();
    const observers = [...this.#observers.values()];
    try {
      await allDone(observers.map((observer) => observer.stop()));
    } finally {
      // Not awaited: the events may be read only later.
      const reported = [...observers.map((observer) => observer.reported), this.#wires.reported()];
      void Promise.allSettled(reported).then(() => this.#events.end());
    }
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#events.end();
    await this.stop();
  }

  async #follow(changes: AsyncIterable<ContainerChange>): Promise<void> {
    const fail = (error: Error) => {
      if (!this.#ending.signal.aborted) this.#events.destroy(error);
    };
    try {
      for await (const { id, what } of changes) {
        const isOurs = what === 'host' || what === 'wire';
        if (!isOurs && !(what === 'network' && this.#tracker.has(id))) continue;
        this.#looks.again(id).catch(fail);
      }
    } catch (error) {
      fail(error as Error);
    }
  }

  /** Begins to watch what has appeared, and reports what has changed. @param changed default: anything may have */
  async #look(changed?: ReadonlySet<string>): Promise<void> {
    if (this.#ending.signal.aborted) return;
    const all = await this.#tracker.look(changed);
    const { watched, leftOut, leftOutNames } = watchedHosts(all, this.#options.hosts);
    const leftOutNow = leftOutNames.join();
    if (leftOut && leftOutNow !== this.#leftOut) this.#options.onLeftOut?.(leftOut);
    this.#leftOut = leftOutNow;
    // Whoever is told of a name sees it in what comes next.
    this.#wires.rename(watched.map(({ host }) => host));
    for (const event of watched.flatMap((one) => this.#news.of(one))) void this.#events.push(event);
    await this.#forgetEnded(watched);
    const hosts = watched.filter(({ packets }) => packets).map(({ host }) => host);
    const looks = [this.#wires.look(hosts), ...this.#observeAll(watched)];
    // All of them to their end, so that no probe is forgotten.
    const failed = (await Promise.allSettled(looks)).find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  #observeAll(watched: readonly WatchedHost[]): Promise<void>[] {
    const come = watched.filter((one) => {
      const known = this.#observers.get(keyOf(one));
      return one.host.state === 'running' && known?.host !== one.host.name;
    });
    let count = 0;
    return come.map(async (one) => {
      await this.#observe(one);
      count += 1;
      this.#options.onProgress?.(count, come.length);
    });
  }

  async #observe(watched: WatchedHost): Promise<void> {
    const { host, programs } = watched;
    const key = keyOf(watched);
    const known = this.#observers.get(key);
    // It has a new name: when its service is scaled, `a` becomes `a-1`.
    await known?.stop();
    const { packets = true, calls = true, onTrouble = () => {} } = this.#options;
    const since = known ? new Date() : this.#startedAt && later(this.#startedAt, host.startedAt);
    try {
      const observer = await observeHost(this.#lab, host, {
        packets: packets && watched.packets,
        programs,
        calls,
        into: this.#events,
        onTrouble,
        signal: this.#ending.signal,
        ...(since && { since }),
        startFilter: this.#startFilter,
      });
      this.#observers.set(key, observer);
    } catch (error) {
      // It may have stopped, been removed or restarted, or lost the network that it shared: another look will see that.
      const now = await host.refresh().catch(() => undefined);
      const isAsBefore = now?.state === 'running' && keyOf(watched) === key;
      if (isAsBefore && networkRefusal(now.network) === undefined) throw error;
    }
  }

  /** Stops what observed a run that has ended: with it, its network has gone. */
  async #forgetEnded(watched: readonly WatchedHost[]): Promise<void> {
    const up = watched.filter(({ host }) => host.isUp).map(keyOf);
    for (const [key, observer] of this.#observers) {
      if (up.includes(key)) continue;
      this.#observers.delete(key);
      await observer.stop({ hostHasEnded: true });
    }
  }
}

const later = (one: Date, other: Date) => (one > other ? one : other);

/** Identifies one run of a host, and what of it is watched. */
const keyOf = ({ host: { id, startedAt }, packets, programs }: WatchedHost) =>
  `${id} ${startedAt.toISOString()} ${packets} ${programs}`;
