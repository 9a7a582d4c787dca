import type { HostEvent } from '../../lab/model/event.ts';

/** The hosts of the lab, each as last reported: they are remembered separately, as the steps that reported them will be forgotten. */
export class LabHosts {
  readonly #states = new Map<string, HostEvent>();
  /** Another set when a host has come, so that who draws them knows. */
  names: ReadonlySet<string> = new Set();

  meet(event: HostEvent): void {
    this.#states.set(event.host, event);
    if (!this.names.has(event.host)) this.names = new Set(this.#states.keys());
  }

  state(name: string): HostEvent | undefined {
    return this.#states.get(name);
  }

  /** Their names in order. */
  get list(): readonly string[] {
    return [...this.names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }
}
