import { EventEmitter } from 'node:events';
import type { FaultSettings } from '../../../model/faults.ts';
import type { FaultStatus } from '../../../model/wire-status.ts';
import type { Commanded } from '../commanded.ts';

/** A wire that knows which faults are on, and takes a moment to begin one. */
export class FakeWire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  faults: FaultStatus[] = [];
  #now = 0;

  get status() {
    return { faults: this.faults } as unknown as Commanded['status'];
  }

  get ids(): string[] {
    return this.faults.map(({ id }) => id);
  }

  async add(settings: unknown): Promise<FaultStatus> {
    await new Promise(setImmediate);
    this.#now += 1;
    const { id } = settings as FaultSettings;
    const fault = { id, startedAtNs: String(this.#now) } as FaultStatus;
    this.faults.push(fault);
    return fault;
  }

  async begin(ids: readonly string[]): Promise<FaultStatus[]> {
    return this.faults.filter(({ id }) => ids.includes(id));
  }

  async remove(ids: readonly string[] = []): Promise<FaultStatus[]> {
    const removed = this.faults.filter(({ id }) => ids.includes(id));
    this.faults = this.faults.filter((fault) => !removed.includes(fault));
    for (const fault of removed) this.ends.emit('healed', fault);
    return removed;
  }

  nextHeld = async () => undefined;
  decide(): void {}
}
