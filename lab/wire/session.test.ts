import { expect, it } from 'vitest';
import type { Commanded } from './commands.ts';
import { Session } from './session.ts';
import type { FaultStatus } from './status.ts';

/** A wire that knows which faults are on, and takes a moment to begin one. */
class FakeWire implements Commanded {
  faults: FaultStatus[] = [];
  #now = 0;

  get status() {
    return { faults: this.faults } as unknown as Commanded['status'];
  }

  async add(id: unknown): Promise<FaultStatus> {
    await new Promise(setImmediate);
    this.#now += 1;
    const fault = { id, startedAtNs: String(this.#now) } as FaultStatus;
    this.faults.push(fault);
    return fault;
  }

  async remove(ids: readonly string[] = []): Promise<FaultStatus[]> {
    const removed = this.faults.filter(({ id }) => ids.includes(id));
    this.faults = this.faults.filter((fault) => !removed.includes(fault));
    return removed;
  }

  nextHeld = async () => undefined;
  decide(): void {}
}

const idsOf = ({ faults }: FakeWire) => faults.map(({ id }) => id);

it('takes along what it began, and leaves what it kept, and what others began', async () => {
  const wire = new FakeWire();
  const [one, other] = [new Session(wire), new Session(wire)];
  for (const id of ['loss-1', 'loss-2']) await one.add(id);
  await other.add('loss-3');
  one.keep(['loss-2']);
  await one.end();
  expect(idsOf(wire)).toEqual(['loss-2', 'loss-3']);
});

it('takes along a fault that was about to begin', async () => {
  const wire = new FakeWire();
  const session = new Session(wire);
  const added = session.add('loss-1');
  await session.end();
  await added;
  expect(idsOf(wire)).toEqual([]);
});

it('leaves a fault of another that has the id of one that was healed', async () => {
  const wire = new FakeWire();
  const session = new Session(wire);
  await session.add('mine');
  await wire.remove(['mine']);
  await new Session(wire).add('mine');
  await session.end();
  expect(idsOf(wire)).toEqual(['mine']);
});
