import { expect, test } from 'vitest';
import { Session } from './session.ts';
import { FakeWire } from './testing/fake-wire.ts';

test('a session that ends heals the faults that it began, but neither those that it keeps nor those of others', async () => {
  const wire = new FakeWire();
  const [one, other] = [new Session(wire), new Session(wire)];
  for (const id of ['loss-1', 'loss-2']) await one.add({ id });
  await other.add({ id: 'loss-3' });
  one.keep(['loss-2']);
  await one.end();
  expect(wire.ids).toEqual(['loss-2', 'loss-3']);
});

test('a session that ends takes along a fault that was about to begin', async () => {
  const wire = new FakeWire();
  const session = new Session(wire);
  const added = session.add({ id: 'loss-1' });
  await session.end();
  await added;
  expect(wire.ids).toEqual([]);
});

test('a session that ends takes along a fault that it has prepared and not begun', async () => {
  const wire = new FakeWire();
  const session = new Session(wire);
  for (const id of ['begun', 'prepared']) await session.add({ id }, { isPrepared: true });
  await session.begin(['begun'], 0);
  expect(wire.status.prepared).toHaveLength(1);
  await session.end();
  expect(wire.ids).toEqual([]);
});

test('a session that ends leaves a fault of another that has reused the id of a healed one', async () => {
  const wire = new FakeWire();
  const session = new Session(wire);
  await session.add({ id: 'mine' });
  await wire.remove(['mine']);
  await new Session(wire).add({ id: 'mine' });
  await session.end();
  expect(wire.ids).toEqual(['mine']);
});
