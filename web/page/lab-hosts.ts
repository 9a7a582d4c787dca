import type { HostEvent } from '../../lab/model/event.ts';
import type { PacketStep, Step } from '../../lab/timeline/step.ts';

/** The hosts of the lab, each as last reported: they are remembered separately, as the steps that reported them will be forgotten. */
export class LabHosts {
  readonly #states = new Map<string, HostEvent>();
  readonly #byAddress = new Map<string, string>();
  #last: { readonly steps: readonly Step[]; readonly named: readonly Step[] } | undefined;
  /** Each is made once, as a step is a value. */
  #renamed = new WeakMap<PacketStep, PacketStep>();
  /** Another set when a host has come, so that who draws them knows. */
  names: ReadonlySet<string> = new Set();

  meet(event: HostEvent): void {
    this.#states.set(event.host, event);
    for (const address of event.addresses) this.#byAddress.set(address, event.host);
    this.#last = undefined;
    this.#renamed = new WeakMap();
    if (!this.names.has(event.host)) this.names = new Set(this.#states.keys());
  }

  state(name: string): HostEvent | undefined {
    return this.#states.get(name);
  }

  /** Their names in order. */
  get list(): readonly string[] {
    return [...this.names].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** Steps in which a host that was reported only after them has its name: else it would be drawn twice. */
  named(steps: readonly Step[]): readonly Step[] {
    if (this.#last?.steps !== steps) {
      const isNamed = steps.every((step) => this.#rename(step) === step);
      this.#last = { steps, named: isNamed ? steps : steps.map((step) => this.#rename(step)) };
    }
    return this.#last.named;
  }

  #rename(step: Step): Step {
    if (step.kind !== 'packet') return step;
    const [from, to] = [step.from, step.to].map((name) => this.#byAddress.get(name) ?? name);
    if (from === step.from && to === step.to) return step;
    const renamed = this.#renamed.get(step) ?? ({ ...step, from, to } as PacketStep);
    this.#renamed.set(step, renamed);
    return renamed;
  }
}
