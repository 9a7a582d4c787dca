import { expect, test } from 'vitest';
import { sentenceOf } from '../../explain/testing/words-of.ts';
import type { LabEvent } from '../../model/event.ts';
import { at, call, endOf, fate, passes } from '../testing/by-hand.ts';
import { back, handshake, SERVER, there } from '../testing/connection.ts';
import { packetsOf, timelineOf } from '../testing/recorded.ts';

const omission = (fromMs: number, toMs: number): LabEvent => ({
  kind: 'omission',
  atNs: at(toMs),
  sinceNs: at(fromMs),
  host: 'h2',
  omitted: { 'loss-1': { delivered: 900, lost: 100 } },
});
const deliveriesOf = (events: LabEvent[]) =>
  packetsOf(timelineOf(events).steps).map(({ delivery }) => delivery);

test('what came while the wire left out fates may have been lost, unless something shows its end', () => {
  const datagrams = [0, 1000, 1001, 1002, 3000].map((ms) => there(ms, { data: 'x', id: ms }));
  const [before, untold, told, read, after] = datagrams;
  if (!before || !untold || !told || !read || !after) throw new Error('unreachable');
  const socket = { fd: 3, protocol: 'udp', local: endOf(SERVER) } as const;
  const events = [
    ...[...datagrams.flatMap(passes), fate(told, 'delivered'), omission(1000, 2000)],
    // The first that is not read yet is the one that it gets.
    ...[0.5, 1000.5, 1001.5, 1002.5].map((ms) =>
      call('h2', ms, { call: 'recvfrom', socket, peer: endOf(before.from), result: 1 }),
    ),
  ];
  expect(deliveriesOf(events.slice(0, -4))).toEqual([
    ...['arrived', 'unknown', 'arrived', 'unknown', 'arrived'],
  ]);
  expect(deliveriesOf(events)).toEqual(Array(5).fill('arrived'));
  const [, second] = packetsOf(timelineOf(events.slice(0, -4)).steps);
  expect(sentenceOf(second)).toContain('this one may have been lost');
});

test('an ACK shows that its segment got through, and packets of others are not in doubt', () => {
  const data = there(1000, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 3 });
  const ack = back(1001, { flags: 'A', seq: 501, ack: 102, id: 4 });
  const events = [...handshake(0, 100), ...passes(data), ...passes(ack), omission(900, 2000)];
  expect(deliveriesOf(events)).toEqual(Array(5).fill('arrived'));
  const more = passes(there(1500, { flags: 'PA', seq: 102, ack: 501, data: 'y', id: 5 }));
  expect(deliveriesOf([...events, ...more]).at(-1)).toBe('unknown');
  const fault = {
    kind: 'fault',
    atNs: at(0),
    host: 'h2',
    fault: 'loss-1',
    change: 'applied',
    from: 'h9',
    settings: { kind: 'loss', percent: 10 },
  } as const;
  expect(deliveriesOf([fault as LabEvent, ...events, ...more]).at(-1)).toBe('arrived');
});
