import { expect, test } from 'vitest';
import { CallRecord } from '../records/call-record.ts';
import type { RecordKeeper } from '../records/record-base.ts';
import { call } from '../testing/by-hand.ts';
import { type Occurrence, Schedule } from './schedule.ts';

const keeper: RecordKeeper = {
  nextId: () => 1,
  changed: () => {},
  changedAlone: () => {},
  move: () => {},
};

/** In the order in which a schedule is to give them. */
function occurrencesOf(host: string): Occurrence[] {
  const event = call(host, 0, { call: 'read' });
  const record = new CallRecord(keeper, event, { ns: 0, network: host });
  return [
    { what: 'call-began', record },
    { what: 'call-returned', record },
    { what: 'result-known', record },
    { what: 'host-gone', host },
  ];
}

test('occurrences are taken by time, then causes before effects, then by name, whatever came first', () => {
  const [one, other] = [occurrencesOf('a'), occurrencesOf('b')];
  const inOrder = [1, 2].flatMap((ns) =>
    one.flatMap((occurrence, at) =>
      [occurrence, other[at]].map((what) => ({ ns, occurrence: what as Occurrence })),
    ),
  );
  // 7 has no factor in common with 16: each is added once, in as many orders.
  for (let first = 0; first < inOrder.length; first += 1) {
    const schedule = new Schedule();
    for (let i = 0; i < inOrder.length; i += 1) {
      const next = inOrder[(first + 7 * i) % inOrder.length];
      if (next) schedule.add(next.ns, next.occurrence);
    }
    const taken = inOrder.map(() => schedule.take(2));
    expect(taken).toEqual(inOrder.map((next) => expect.objectContaining(next)));
    expect(schedule.take(2)).toBeUndefined();
  }
});

test('what is not due yet stays', () => {
  const schedule = new Schedule();
  schedule.add(5, { what: 'host-gone', host: 'h1' });
  expect(schedule.take(4)).toBeUndefined();
  expect(schedule.take(5)).toMatchObject({ ns: 5 });
});
