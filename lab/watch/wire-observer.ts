import type { LabEvent } from '../event.ts';
import { HostWire } from '../faults/host-wire.ts';
import type { Host } from '../host.ts';
import type { Confluence } from '../merge.ts';
import { aboutFault } from '../wire/about-fault.ts';

/** Tells what the wires of a lab do: those that there are, and those that come. */
export class WireObserver {
  readonly #into: Confluence<LabEvent>;
  readonly #ending: AbortSignal;
  /** Of each wire, by its id, until what it did has been told. */
  readonly #known = new Map<string, Promise<void>>();
  /** What was before that is past: nanoseconds since 1970. */
  readonly #sinceNs = BigInt(Date.now()) * 1_000_000n;

  constructor(into: Confluence<LabEvent>, ending: AbortSignal) {
    this.#into = into;
    this.#ending = ending;
  }

  /** Listens to the wires that have come since the last look. */
  async look(hosts: readonly Host[]): Promise<void> {
    for (const wire of await HostWire.find(hosts)) {
      if (wire.isPast || this.#known.has(wire.id)) continue;
      this.#known.set(wire.id, this.#into.add(this.#eventsOf(wire)));
    }
  }

  /** Resolves when all that was seen until the end has been told. */
  async told(): Promise<void> {
    await Promise.all(this.#known.values());
  }

  /** Of a wire that there was before, only its faults that are still on, and what it does from now on. */
  async *#eventsOf(wire: HostWire): AsyncGenerator<LabEvent> {
    const { name: host } = wire.host;
    try {
      for (const { id, settings, startedAtNs } of await wire.faults()) {
        if (BigInt(startedAtNs) >= this.#sinceNs) continue;
        const atNs = String(this.#sinceNs);
        yield { kind: 'fault', atNs, host, ...aboutFault(id, settings), change: 'applied' };
      }
      for await (const event of wire.events(this.#ending)) {
        if (BigInt(event.atNs) >= this.#sinceNs) yield event;
      }
    } catch (error) {
      // With its last fault it goes, and there is nothing more to tell.
      if (!(await wire.isGone())) throw error;
    }
  }
}
