import { EventEmitter } from 'node:events';
import type { FaultSettings } from '../../../model/faults.ts';
import type { FaultStatus } from '../../../model/wire-status.ts';
import type { Commanded } from '../commanded.ts';

/** A wire that knows which faults are on, and takes a moment to begin one. */
export class FakeWire implements Commanded {
  readonly ends = new EventEmitter<{ healed: [FaultStatus] }>();
  faults: FaultStatus[] = [];
  prepared: FaultStatus[] = [];
  #now = 0;

  get status() {
    return { faults: this.faults, prepared: this.prepared } as unknown as Commanded['status'];
  }

  get ids(): string[] {
    return [...this.faults, ...this.prepared].map(({ id }) => id);
  }

  async add(settings: unknown, { isPrepared = false } = {}): Promise<FaultStatus> {
    await new Promise(setImmediate);
    this.#now += 1;
    const { id } = settings as FaultSettings;
    const fault = { id, startedAtNs: String(this.#now) } as FaultStatus;
    (isPrepared ? this.prepared : this.faults).push(fault);
    return fault;
  }

  async begin(ids: readonly string[]): Promise<FaultStatus[]> {
    const begun = this.prepared.filter(({ id }) => ids.includes(id));
    this.prepared = this.prepared.filter((fault) => !begun.includes(fault));
    this.faults.push(...begun);
    return begun;
  }

  async remove(ids: readonly string[] = []): Promise<FaultStatus[]> {
    const removed = [...this.faults, ...this.prepared].filter(({ id }) => ids.includes(id));
    const isLeft = (fault: FaultStatus) => !removed.includes(fault);
    [this.faults, this.prepared] = [this.faults.filter(isLeft), this.prepared.filter(isLeft)];
    for (const fault of removed) this.ends.emit('healed', fault);
    return removed;
  }

  nextHeld = async () => undefined;
  decide(): void {}
}
