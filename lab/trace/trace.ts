/**
 * Live traces of hosts: one probe with strace a host, one stream of socket calls, whatever the language of the programs.
 *
 *     host a ◀─ probe: strace ─▶ parser ──events──┐
 *     host b ◀─ probe: strace ─▶ parser ──events──┴▶ CallEvent, CallEvent, …
 */

import { allDone, failAfter } from '../engine/all-done.ts';
import type { Host } from '../hosts/host.ts';
import type { CallEvent } from '../model/event.ts';
import { merge } from '../util/merge.ts';
import { HostTrace } from './host-trace.ts';

/**
 * Socket calls of some hosts, as they come. What is already so is told first: who listens, who is connected. Traced are the
 * programs that run when it begins, all that they start, and what `docker exec` starts, a moment after its start; not the
 * host's health check.
 *
 * A traced program runs slower: `bench/trace.ts` tells how much. It never waits for whoever reads the trace; what is not
 * taken in time is `missed`. When the trace ends, however that comes about, the program goes on.
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
   * @param begun traces of hosts that were started under one; they become part of this one
   * @throws {LabError} when a host is not running, or cannot be traced.
   */
  static async start(hosts: readonly Host[], begun: readonly HostTrace[] = []): Promise<Trace> {
    const results = await Promise.allSettled(hosts.map((host) => HostTrace.start(host)));
    const started = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return new Trace([...begun, ...started]);
    return failAfter(failed.reason, () => allDone(started.map((source) => source.stop())));
  }

  /** The names of the hosts that it traces. */
  get hosts(): string[] {
    return this.#sources.map(({ host }) => host.name);
  }

  /** Events that were left out, as nobody took them in time. */
  get missed(): number {
    return this.#sources.reduce((sum, { missed }) => sum + missed, 0);
  }

  [Symbol.asyncIterator](): AsyncIterator<CallEvent> {
    return this.#events[Symbol.asyncIterator]();
  }

  /** Ends the trace: what was seen until now can still be read, and then the stream ends. */
  async stop(): Promise<void> {
    await allDone(this.#sources.map((source) => source.stop()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
