import type { HostTrace } from './host-trace.ts';

/**
 * Traces that hosts were started under, until somebody takes them; by the host's id. A host has its place here before it runs:
 * whoever sees it start, and would trace it, waits for the trace that it starts under, as there can be only one.
 */
export class BegunTraces {
  readonly #traces = new Map<string, Promise<HostTrace>>();

  /** To be called before a host runs. @returns what is to be told how its trace began */
  expect(id: string): PromiseWithResolvers<HostTrace> {
    const trace = Promise.withResolvers<HostTrace>();
    this.#traces.set(id, trace.promise);
    // Told to whoever started the host, and to nobody else if nobody else waits.
    trace.promise.catch(() => this.#traces.delete(id));
    return trace;
  }

  has(id: string): boolean {
    return this.#traces.has(id);
  }

  /**
   * The traces of those hosts that have one here, for one who asks; a second one gets none.
   *
   * @throws what hindered one of them; the others stay here.
   */
  async take(ids: readonly string[]): Promise<HostTrace[]> {
    const begun = ids.flatMap((id) => this.#traces.get(id) ?? []);
    for (const id of ids) this.#traces.delete(id);
    const results = await Promise.allSettled(begun);
    const taken = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return taken;
    this.giveBack(taken);
    throw failed.reason;
  }

  /** Puts back what was taken in vain. */
  giveBack(traces: readonly HostTrace[]): void {
    for (const trace of traces) this.#traces.set(trace.host.id, Promise.resolve(trace));
  }
}
