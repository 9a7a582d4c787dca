/**
 * Live traces of hosts: one stream of socket calls, whatever the language of the programs.
 *
 *     host a ◀─ BPF, or strace ──events──┐
 *     host b ◀─ BPF, or strace ──events──┴▶ CallEvent, CallEvent, …
 */

import { allDone, failAfter } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import type { CallEvent } from '../model/event.ts';
import { type LimitCounts, sumOfLimits } from '../model/limit.ts';
import { merge } from '../util/merge.ts';
import type { HostTrace } from './host-trace.ts';
import { startHostTrace } from './start-host-trace.ts';

/**
 * Socket calls of some hosts, as they happen; first, the sockets that are open already. Traced are the programs that run when
 * it begins, everything that they start, and what `docker exec` starts (with strace, a moment after its start); not the host's
 * health check.
 *
 * What tracing costs a program, `bench/trace.ts` measures. It never waits for the reader of the trace; what is not read in time is
 * `missed`. When the trace ends, for whatever reason, the program goes on.
 *
 * @example
 * await using trace = await lab.trace(['tcp-server']);
 * for await (const { call, stage, peer } of trace) if (call === 'accept' && stage === 'returned') console.log(peer);
 */
export class Trace implements AsyncDisposable, AsyncIterable<CallEvent> {
  readonly #sources: readonly HostTrace[];
  readonly #events: ReturnType<typeof merge<CallEvent>>;

  private constructor(sources: readonly HostTrace[]) {
    this.#sources = sources;
    this.#events = merge(sources.map(({ events }) => events));
  }

  /**
   * Resolves when every host is traced.
   *
   * @param hosts those that are to be traced
   * @param begun traces under which hosts were started; they become part of this one
   * @throws {LabError} if a host is not running, or cannot be traced.
   */
  static async start(hosts: readonly Host[], begun: readonly HostTrace[] = []): Promise<Trace> {
    const results = await Promise.allSettled(hosts.map((host) => startHostTrace(host)));
    const started = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return new Trace([...begun, ...started]);
    return failAfter(failed.reason, () => allDone(started.map((source) => source.stop())));
  }

  /** The names of the traced hosts. */
  get hosts(): string[] {
    return this.#sources.map(({ host }) => host.name);
  }

  /** How many events were left out because they were not read in time. */
  get missed(): number {
    return this.#sources.reduce((sum, { missed }) => sum + missed, 0);
  }

  /** The processes that were traced from the beginning, each in the PID namespace of its host; others were started by them. */
  get firstProcesses(): readonly number[] {
    return this.#sources.flatMap(({ firstProcesses }) => firstProcesses);
  }

  /** The processes that SIGKILL has ended, as what a program leaves running when its host ends; only BPF tells them. */
  get killedProcesses(): readonly number[] {
    return this.#sources.flatMap(({ killedProcesses }) => killedProcesses);
  }

  /** How often the hosts have run into each limit so far, by the kernel's own counts. */
  get limitsHit(): LimitCounts {
    return sumOfLimits(this.#sources.map(({ limitsHit }) => limitsHit));
  }

  /** The calls, as they come. They end when it stops. */
  [Symbol.asyncIterator](): AsyncIterator<CallEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the trace: events so far can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    await allDone(this.#sources.map((source) => source.stop()));
  }

  /** Stops it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
