import type { StartedTestContainer } from 'testcontainers';
import { failAfter } from '../engine/all-done.ts';
import { ask } from '../engine/docker.ts';
import { Host } from '../hosts/host.ts';
import { HostContainer, type HostOptions, type HostPlace, startHost } from '../hosts/start-host.ts';
import { subnetsOf } from '../hosts/start-network.ts';
import type { BegunTraces } from './begun-traces.ts';
import { behindGate, commandOf, gateArchive } from './gate.ts';
import type { HostTrace } from './host-trace.ts';
import { startHostTrace } from './start-host-trace.ts';

/** Starts a host whose socket calls are traced from the first one on. @param traces where its trace is kept until it is asked for */
export function startTracedHost(
  place: HostPlace,
  options: HostOptions,
  traces: BegunTraces,
): Promise<Host> {
  return startHost(place, options, async () => {
    const { entrypoint, command, ...others } = options;
    const program = await commandOf(options.image, entrypoint, command);
    const gated = { ...others, entrypoint: behindGate(program, options.isIsolated) };
    return new TracedContainer(place, gated, traces).withCopyArchivesToContainer([
      { tar: await gateArchive(place.lab), target: '/' },
    ]);
  });
}

/** A container whose program begins when it is prepared and traced, and not before. */
class TracedContainer extends HostContainer {
  readonly #place: HostPlace;
  readonly #options: HostOptions;
  readonly #traces: BegunTraces;
  #id = '';
  #begun: PromiseWithResolvers<HostTrace> | undefined;

  constructor(place: HostPlace, options: HostOptions, traces: BegunTraces) {
    super(place, options);
    this.#place = place;
    this.#options = options;
    this.#traces = traces;
  }

  override async start(): Promise<StartedTestContainer> {
    try {
      return await super.start();
    } catch (error) {
      // There will be no trace to wait for.
      this.#begun?.reject(error);
      throw error;
    }
  }

  protected override async containerCreated(id: string): Promise<void> {
    await super.containerCreated(id);
    this.#id = id;
    this.#begun = this.#traces.expect(id);
  }

  protected override async containerStarting(): Promise<void> {
    const { name: host, lab } = this.#place;
    try {
      const waiting = await Host.attach(this.#id, { host, lab });
      const { prepare, isIsolated } = this.#options;
      await prepare?.(waiting);
      const isolates = isIsolated ? await subnetsOf(lab) : undefined;
      this.#begun?.resolve(await startHostTrace(waiting, isolates));
    } catch (error) {
      const what = `remove host "${host}"`;
      await failAfter(error, () =>
        ask(what, (engine) => engine.getContainer(this.#id).remove({ force: true, v: true })),
      );
    }
  }
}
