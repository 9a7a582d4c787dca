import type { HostTrace } from './host-trace.ts';

/**
 * The traces under which hosts were started, until they are taken. A host is registered here before it runs, so that a watch
 * that sees it start waits for this trace: a process can have one tracer at most.
 */
export class BegunTraces {
  /** By the id of the host. */
  readonly #traces = new Map<string, Promise<HostTrace>>();

  /** To be called before a host runs. @returns what to resolve with its trace, or to reject */
  expect(id: string): PromiseWithResolvers<HostTrace> {
    const trace = Promise.withResolvers<HostTrace>();
    this.#traces.set(id, trace.promise);
    // The caller that starts the host learns of a failure; there may be no other one that waits.
    trace.promise.catch(() => this.#traces.delete(id));
    return trace;
  }

  has(id: string): boolean {
    return this.#traces.has(id);
  }

  /**
   * Takes the traces of these hosts, which then cannot be taken again.
   *
   * @throws why one of them failed; the others stay here.
   */
  async take(ids: readonly string[]): Promise<HostTrace[]> {
    const begun = ids.flatMap((id) => this.#traces.get(id) ?? []);
    for (const id of ids) this.#traces.delete(id);
    const results = await Promise.allSettled(begun);
    const taken = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const failed = results.find((one) => one.status === 'rejected');
    if (failed === undefined) return taken;
    this.release(taken);
    throw failed.reason;
  }

  /** Returns traces that were taken and not used. */
  release(traces: readonly HostTrace[]): void {
    for (const trace of traces) this.#traces.set(trace.host.id, Promise.resolve(trace));
  }
}
