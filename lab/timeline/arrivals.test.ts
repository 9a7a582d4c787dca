import { expect, test } from 'vitest';
import { sentenceOf } from '../explain/testing/words-of.ts';
import { arrives, at, fate, leaves, passes } from './testing/by-hand.ts';
import { handshake, there } from './testing/connection.ts';
import { packetsOf, timelineOf } from './testing/recorded.ts';
import { Timeline } from './timeline.ts';

test('what leaves in one piece and arrives in several is one step', () => {
  const whole = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'a'.repeat(3000), id: 3 });
  const pieces = [0, 1000, 2000].map((from, at) => {
    return arrives(
      { ...whole, seq: 101 + from, data: 'a'.repeat(1000), id: 3 + at },
      0.02 + at / 1000,
    );
  });
  const { steps, conversations } = timelineOf([...handshake(0, 100), leaves(whole), ...pieces]);
  expect(packetsOf(steps)).toHaveLength(4);
  expect(conversations).toMatchObject([
    { bytes: { toServer: 3000 }, packets: 4, retransmissions: 0 },
  ]);
});

test('what leaves in several pieces and arrives in one has arrived', () => {
  const pieces = [0, 1].map((at) => {
    return there(1 + at / 1000, {
      flags: 'PA',
      seq: 101 + at * 10,
      ack: 501,
      data: '0123456789',
      id: 3 + at,
    });
  });
  const merged = arrives(
    there(1, { flags: 'PA', seq: 101, ack: 501, data: '0123456789'.repeat(2), id: 3 }),
    0.1,
  );
  const timeline = timelineOf([...handshake(0, 100), ...pieces.map(leaves), merged]);
  expect(packetsOf(timeline.steps).map(({ delivery }) => delivery)).toEqual(
    Array(5).fill('arrived'),
  );
});

test('datagrams over IPv6, which have no number, arrive each for itself', () => {
  const ends = { from: 'fd00::1:1000', to: 'fd00::2:50000' };
  const sent = ['a', 'b', 'b'].map((data, atMs) => ({ ...ends, atMs, data, id: 7 }));
  const { steps } = timelineOf([...sent.flatMap(passes)].reverse());
  expect(packetsOf(steps).map(({ delivery, endNs }) => `${delivery} ${endNs}`)).toEqual(
    [0.02, 1.02, 2.02].map((ms) => `arrived ${at(ms)}`),
  );
});

test('a packet that a wire keeps arrives when it is delivered, and one that it holds is in flight', () => {
  const [delayed, held] = [there(0, { data: 'delayed', id: 1 }), there(1, { data: 'held', id: 2 })];
  const events = [...passes(delayed), fate(delayed, 'delayed'), fate(delayed, 'delivered', 100)];
  const { steps } = timelineOf([...events, ...passes(held), fate(held, 'held')]);
  const [first, second] = packetsOf(steps);
  expect(first).toMatchObject({
    delivery: 'arrived',
    endNs: at(100),
    fates: [{ fate: 'delayed' }, { fate: 'delivered' }],
  });
  expect(sentenceOf(first)).toContain("The wire's fault delayed-1 delayed it by 100 ms.");
  expect(second).toMatchObject({ delivery: 'in-flight', fates: [{ fate: 'held' }] });
});

test('a packet that has copies has arrived though one of them was lost', () => {
  const sent = there(0, { data: 'x', id: 1 });
  const { steps } = timelineOf([
    ...passes(sent),
    fate(sent, 'duplicated'),
    fate(sent, 'lost', 0.06),
  ]);
  expect(packetsOf(steps)[0]).toMatchObject({
    delivery: 'arrived',
    fates: [{ fate: 'duplicated' }, { fate: 'lost' }],
  });
});

test('what was not seen arriving is lost after a while where somebody looks, else not known', () => {
  const timeline = new Timeline();
  for (const event of handshake(0, 100)) timeline.add(event);
  timeline.add(leaves(there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 })));
  timeline.add(leaves(there(1, { to: '10.0.0.9:53', data: 'x', id: 4 })));
  const deliveries = () =>
    timeline.steps.flatMap((step) => (step.kind === 'packet' ? step.delivery : [])).slice(-2);
  expect(deliveries()).toEqual(['in-flight', 'in-flight']);
  timeline.advance(at(3000));
  expect(deliveries().sort()).toEqual(['lost', 'unknown']);
});

test('what left before its receiver was captured may have arrived, and is not lost', () => {
  const syn = there(0, { flags: 'S', seq: 100 });
  const later = { kind: 'log', atNs: at(5000), host: 'h1', line: 'x' } as const;
  const events = [leaves(syn), ...handshake(1000, 900), later];
  expect(packetsOf(timelineOf(events).steps)[0]).toMatchObject({ delivery: 'unknown' });
});

test('a packet that could not be missed before the end stays in flight, unless it was sent again', () => {
  const sent = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
  const again = { ...sent, atMs: 300, id: 4 };
  const last = there(301, { flags: 'PA', seq: 102, ack: 501, data: 'y', id: 5 });
  const events = [...handshake(0, 100), leaves(sent), ...passes(again), leaves(last)];
  const [first, , second] = packetsOf(timelineOf(events).steps).slice(3);
  expect(first).toMatchObject({ delivery: 'lost' });
  expect(second).toMatchObject({ delivery: 'in-flight' });
  expect(sentenceOf(second)).toContain('it may have arrived');
  const later = { kind: 'log', atNs: at(3000), host: 'h1', line: 'x' } as const;
  expect(packetsOf(timelineOf([...events, later]).steps).at(-1)).toMatchObject({
    delivery: 'lost',
  });
});
