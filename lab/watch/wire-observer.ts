import { HostWire } from '../faults/host-wire.ts';
import type { Host } from '../hosts/host.ts';
import { aboutFault } from '../model/about-fault.ts';
import type { FaultEvent, LabEvent } from '../model/event.ts';
import { LabError } from '../model/lab-error.ts';
import type { MergedStream } from '../util/merge.ts';

/** Reports what the wires of a lab do: existing ones, and those that appear later. */
export class WireObserver {
  readonly #into: MergedStream<LabEvent>;
  readonly #ending: AbortSignal;
  /** Each wire's host as it was last seen, by the id of the wire; until that has ended and all of its events are reported. */
  readonly #hosts = new Map<string, Host>();
  /** By the id of the wire, until all of its events are reported. */
  readonly #reporting = new Map<string, Promise<void>>();
  /** Events before that are left out: nanoseconds since 1970. */
  readonly #sinceNs = BigInt(Date.now()) * 1_000_000n;

  /** A wire that appears after the first look has no earlier faults. */
  #hasLooked = false;

  constructor(into: MergedStream<LabEvent>, ending: AbortSignal) {
    this.#into = into;
    this.#ending = ending;
  }

  /** From now on events are reported under these names: when its service is scaled, a host gets another one. */
  rename(hosts: readonly Host[]): void {
    for (const [wire, { id }] of this.#hosts) {
      const host = hosts.find((one) => one.id === id);
      if (host) this.#hosts.set(wire, host);
    }
  }

  /** Listens to the wires that have appeared since the last look. */
  async look(hosts: readonly Host[]): Promise<void> {
    const wires = await HostWire.find(hosts);
    this.#forgetGone(wires);
    for (const wire of wires) {
      const isNew = !this.#hosts.has(wire.id);
      if (isNew && wire.isPast) continue;
      this.#hosts.set(wire.id, wire.host);
      if (isNew) this.#report(wire);
    }
    this.#hasLooked = true;
  }

  /** Resolves when all events until the end are reported. */
  async reported(): Promise<void> {
    await Promise.all(this.#reporting.values());
  }

  #report(wire: HostWire): void {
    const reporting = this.#into.add(this.#eventsOf(wire, this.#hasLooked));
    this.#reporting.set(wire.id, reporting);
    void reporting.then(() => this.#reporting.delete(wire.id));
  }

  #forgetGone(wires: readonly HostWire[]): void {
    for (const id of this.#hosts.keys()) {
      const isThere = wires.some((wire) => wire.id === id);
      if (!isThere && !this.#reporting.has(id)) this.#hosts.delete(id);
    }
  }

  /** The events of a wire, and the end of faults whose end it could not report. */
  async *#eventsOf(wire: HostWire, isNew: boolean): AsyncGenerator<LabEvent> {
    const on = new Map<string, FaultEvent>();
    for await (const event of this.#linesOf(wire, isNew)) {
      if (event.kind === 'fault' && event.change === 'applied') on.set(event.fault, event);
      if (event.kind === 'fault' && event.change === 'healed') on.delete(event.fault);
      yield event;
    }
    if (this.#ending.aborted) return;
    const atNs = String(BigInt(Date.now()) * 1_000_000n);
    for (const event of on.values()) yield { ...event, atNs, change: 'healed', isWireKilled: true };
  }

  /** For a wire that existed before, only its faults that are still in effect, and what it does from now on. */
  async *#linesOf(wire: HostWire, isNew: boolean): AsyncGenerator<LabEvent> {
    const hostNow = () => (this.#hosts.get(wire.id) ?? wire.host).name;
    try {
      for (const { id, settings, startedAtNs } of isNew ? [] : await wire.faults()) {
        if (BigInt(startedAtNs) >= this.#sinceNs) continue;
        const atNs = String(this.#sinceNs);
        yield {
          kind: 'fault',
          atNs,
          host: hostNow(),
          ...aboutFault(id, settings),
          change: 'applied',
        };
      }
      for await (const event of wire.events(this.#ending)) {
        if (BigInt(event.atNs) >= this.#sinceNs) yield { ...event, host: hostNow() };
      }
    } catch (error) {
      // A wire ends with its last fault; then there are no more events.
      const isGone = error instanceof LabError && error.code === 'NO_HOST';
      if (!isGone && !(await wire.isGone())) throw error;
    }
  }
}
