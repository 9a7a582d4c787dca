import { describe, expect, test } from 'vitest';
import type { FaultSettings } from '../../model/faults.ts';
import { ICMP, ICMPV6, TCP, UDP } from './headers.ts';
import { fault, firstWait, heal, line, MS, send } from './testing/line.ts';
import { packet } from './testing/packets.ts';

/** RFC 9260 */
const SCTP = 132;

describe('limits', () => {
  const all = { kind: 'loss', percent: 100 } as const;

  test('to an address, IPv4 or IPv6, spare packets from others', () => {
    const wire = line([{ ...all, from: ['192.0.2.9', '2001:DB8:0::9'] }]);
    for (const from of ['192.0.2.9', '192.0.2.8', '2001:db8::9', '2001:db8::8']) {
      wire.arrive(0, { from, to: from });
    }
    expect(wire.lost).toEqual([1, 3]);
  });

  test.each([
    ['tcp', [1]],
    ['udp', [2]],
    ['icmp', [3, 4]],
  ] as const)('to %s spare the others', (protocol, lost) => {
    const wire = line([{ ...all, protocol }]);
    for (const protocol of [TCP, UDP, ICMP, ICMPV6, SCTP]) wire.arrive(0, { protocol });
    expect(wire.lost).toEqual(lost);
  });

  test('to a port spare what has no ports', () => {
    const wire = line([{ ...all, port: 50_000 }]);
    for (const protocol of [TCP, UDP, ICMP, ICMPV6, SCTP]) wire.arrive(0, { protocol });
    expect(wire.lost).toEqual([1, 2]);
  });

  test('to a port count both ends', () => {
    const wire = line([{ ...all, port: 7 }]);
    for (const ports of [{ fromPort: 7 }, { toPort: 7 }, { toPort: 8 }]) wire.arrive(0, ports);
    expect(wire.lost).toHaveLength(2);
  });

  test('to every nth, and to the first of them, are counted among the packets that the others leave', () => {
    const wire = line([{ ...all, every: 3, first: 2, protocol: 'udp' }]);
    for (let number = 1; number <= 12; number += 1) {
      wire.arrive(number, { protocol: number % 2 === 0 ? UDP : TCP });
    }
    expect(wire.lost).toEqual([6, 12]);
  });

  test('are for any protocol when they name none', () => {
    const wire = line([{ ...all }]);
    for (const protocol of [TCP, UDP, ICMP, ICMPV6, SCTP]) wire.arrive(0, { protocol });
    expect(wire.lost).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('several faults', () => {
  test('act in order, on what the ones before let through', () => {
    const wire = line([
      { kind: 'loss', percent: 100, every: 2 },
      { kind: 'duplicate', percent: 100 },
      { kind: 'delay', delayMs: 10 },
    ]);
    send(wire, 2);
    wire.advance(100);
    expect(wire.arrived).toEqual(['1@10', "1'@10"]);
    expect(wire.faults.map(({ tally }) => tally.counters.seen)).toEqual([2, 1, 2]);
  });

  test('add their delays', () => {
    const wire = line([
      { kind: 'delay', delayMs: 10 },
      { kind: 'delay', delayMs: 5 },
    ]);
    send(wire, 1);
    wire.advance(100);
    expect(wire.arrived).toEqual(['1@15']);
    expect(wire.faults.map(({ tally }) => tally.achieved.meanDelayMs)).toEqual([10, 5]);
  });

  test('do not disturb each other: a fault draws the same with and without one behind it', () => {
    const loss = { kind: 'loss', percent: 50, id: 'loss', seed: 's' } as const;
    const alone = line([loss]);
    const composed = line([loss, { kind: 'delay', delayMs: 9, jitterMs: 9, overtaking: true }]);
    for (const wire of [alone, composed]) send(wire, 500);
    expect(composed.lost).toEqual(alone.lost);
  });

  test('give the same fates however late the timers are', () => {
    const settings = [
      { kind: 'delay', delayMs: 3, jitterMs: 3 },
      { kind: 'loss', percent: 40 },
    ] as const;
    const [prompt, late] = [line(settings), line(settings)];
    for (let number = 0; number < 300; number += 1) {
      prompt.arrive(number);
      late.arrive(number + (number % 7) / 10);
    }
    expect(late.lost).toEqual(prompt.lost);
  });
});

test('what is lost of other protocols does not depend on ICMP in between', () => {
  const loss = { kind: 'loss', percent: 50, seed: 's' } as const;
  const [alone, mixed] = [line([loss]), line([loss])];
  for (let number = 0; number < 100; number += 1) {
    for (const wire of [alone, mixed]) wire.arrive(number, { fromPort: number });
    if (number % 3 === 0) mixed.arrive(number, { fromPort: 1000, protocol: ICMP });
  }
  expect(mixed.lost.filter((number) => number !== 1000)).toEqual(alone.lost);
  expect(mixed.lost).toContain(1000);
});

describe('counters', () => {
  test('say what happened, and what that comes to', () => {
    const wire = line([{ kind: 'loss', percent: 100, every: 4 }]);
    send(wire, 8, { payload: 'x'.repeat(72) });
    expect(wire.faults[0]?.tally.counters).toMatchObject({ seen: 8, matched: 2, lost: 2 });
    expect(wire.faults[0]?.tally.achieved.lossPercent).toBe(100);
    expect(wire.notes).toEqual(['applied loss-1', 'lost loss-1 4', 'lost loss-1 8']);
  });

  test('measure a delay by when the packet really left', () => {
    const wire = line([{ kind: 'delay', delayMs: 10 }]);
    wire.arrive(0);
    wire.pipeline.advance(12 * MS);
    expect(wire.faults[0]?.tally.achieved).toMatchObject({ meanDelayMs: 12, maxDelayMs: 12 });
  });
});

describe('healing', () => {
  const delays = [
    { kind: 'delay', delayMs: 1000 },
    { kind: 'delay', delayMs: 5 },
  ] as const;

  test('lets what a fault delays go on, and leaves the delay of others', () => {
    const wire = line(delays);
    send(wire, 2);
    heal(wire, 10);
    wire.advance(100);
    expect(wire.arrived).toEqual(['1@15', '2@15']);
    expect(wire.pipeline.inFlight).toBe(0);
  });

  test('leaves alone what the fault has let go before', () => {
    const wire = line([...delays].reverse());
    send(wire, 1);
    heal(wire, 10);
    wire.advance(2000);
    expect(wire.arrived).toEqual(['1@1005']);
  });

  test('counts a delay as long as it really was', () => {
    const wire = line([{ kind: 'delay', delayMs: 1000 }]);
    send(wire, 1);
    heal(wire, 10);
    expect(wire.faults[0]?.tally.achieved).toEqual(
      expect.objectContaining({ meanDelayMs: 10, maxDelayMs: 10 }),
    );
  });

  test('lets what waits at a later fault be there sooner', () => {
    const wire = line([
      { kind: 'delay', delayMs: 1000 },
      { kind: 'reorder', percent: 100, maxWaitMs: 20 },
      { kind: 'hold' },
    ]);
    send(wire, 1);
    heal(wire, 10);
    wire.advance(31);
    const [wait] = wire.pipeline.waitsAt(fault(wire, 2));
    expect(wait?.transit.atNs).toBe(30 * MS);
  });

  test('lets what is held go on, through the faults behind', () => {
    const wire = line([{ kind: 'hold' }, { kind: 'loss', percent: 100, every: 2 }]);
    send(wire, 2);
    heal(wire, 10);
    expect([wire.arrived.length, wire.lost]).toEqual([1, [2]]);
  });
});

describe('a held packet', () => {
  const held = () => {
    const wire = line([{ kind: 'hold', limit: 2 }]);
    send(wire, 3);
    return { wire, wait: firstWait(wire) };
  };

  test('waits, up to a limit', () => {
    const { wire } = held();
    wire.advance(1e6);
    expect([wire.arrived, wire.lost, wire.pipeline.inFlight]).toEqual([[], [3], 2]);
  });

  test('is delivered, dropped, delayed or duplicated as decided', () => {
    const outcomes = [
      ({ wire, wait }: ReturnType<typeof held>) => wire.pipeline.release(wait, 5 * MS),
      ({ wire, wait }: ReturnType<typeof held>) => wire.pipeline.drop(wait),
      ({ wire, wait }: ReturnType<typeof held>) =>
        wire.pipeline.release(wait, 5 * MS, { delayNs: 3 * MS }),
      ({ wire, wait }: ReturnType<typeof held>) =>
        wire.pipeline.release(wait, 5 * MS, { copies: 1 }),
    ].map((decide) => {
      const one = held();
      one.wire.advance(5);
      decide(one);
      one.wire.advance(20);
      return [...one.wire.arrived, ...one.wire.lost.map((number) => `${number} lost`)];
    });
    expect(outcomes).toEqual([
      ['1@5', '3 lost'],
      ['3 lost', '1 lost'],
      ['1@8', '3 lost'],
      ['1@5', "1'@5", '3 lost'],
    ]);
  });
});

test('more packets than there is room for are lost, and counted', () => {
  const wire = line([{ kind: 'delay', delayMs: 1000 }], { packets: 10 });
  send(wire, 15);
  expect(wire.pipeline.overflowed).toBe(5);
  expect(wire.lost).toEqual([11, 12, 13, 14, 15]);
});

test.each<[string, FaultSettings]>([
  ['delayed', { kind: 'delay', delayMs: 10_000 }],
  ['held', { kind: 'hold', limit: 100_000 }],
  ['copied', { kind: 'duplicate', percent: 100, copies: 9 }],
])(
  'more bytes than there is room for are lost, and counted, of packets that are %s',
  (_how, settings) => {
    const wire = line([settings, { kind: 'delay', delayMs: 20_000 }]);
    const large = packet({ payload: 'x'.repeat(60_000) });
    for (let number = 0; number < 4000; number += 1) wire.pipeline.arrive({ ...large }, 0);
    const keptBytes = wire.pipeline.inFlight * 60_000;
    expect(keptBytes).toBeGreaterThan(44 * 2 ** 20);
    expect(keptBytes).toBeLessThan(48 * 2 ** 20);
    expect(wire.pipeline.overflowed).toBeGreaterThan(2800);
  },
);

test('a datagram in very many fragments takes the room of all of them', () => {
  const wire = line([{ kind: 'delay', delayMs: 10_000 }]);
  const piece = packet({ payload: 'x'.repeat(8) });
  const rest = Array.from({ length: 8000 }, () => piece);
  for (let number = 0; number < 50; number += 1) wire.pipeline.arrive({ ...piece, rest }, 0);
  expect(wire.pipeline.inFlight).toBeLessThan(10);
});

test('what has left makes room for other packets', () => {
  const wire = line([{ kind: 'delay', delayMs: 1 }], { bytes: 100_000 });
  send(wire, 20, { payload: 'x'.repeat(60_000) });
  wire.advance(100);
  expect(wire.arrived).toHaveLength(20);
});

describe('a datagram in five fragments', () => {
  const onLine = [1500, 1500, 1500, 1500, 108];
  const countersOf = (settings: FaultSettings, count: number) => {
    const wire = line([settings]);
    send(wire, count, { onLine });
    wire.advance(1e6);
    return { arrived: wire.arrived.length, counters: wire.faults[0]?.tally.counters };
  };

  test('is lost with any of them: 10 % loss takes 41 % of the datagrams, and 10 % of the packets', () => {
    const { arrived, counters } = countersOf({ kind: 'loss', percent: 10, seed: 's' }, 10_000);
    expect(arrived / 10_000).toBeCloseTo(0.9 ** 5, 1);
    expect(counters?.matched).toBe(50_000);
    expect((counters?.lost ?? 0) / 50_000).toBeCloseTo(0.1, 2);
    expect((counters?.lost ?? 0) + (counters?.delivered ?? 0)).toBe(50_000);
  });

  test('arrives twice when all of them are duplicated, and only then', () => {
    const always = countersOf({ kind: 'duplicate', percent: 100 }, 100);
    expect(always).toMatchObject({ arrived: 200, counters: { duplicated: 500, copies: 500 } });
    const often = countersOf({ kind: 'duplicate', percent: 80, seed: 's' }, 10_000);
    expect(often.arrived / 10_000 - 1).toBeCloseTo(0.8 ** 5, 1);
  });

  test('is five of those that a fault is limited to', () => {
    const all = { kind: 'loss', percent: 100 } as const;
    expect(countersOf({ ...all, first: 7 }, 5)).toMatchObject({
      arrived: 3,
      counters: { lost: 7 },
    });
    expect(countersOf({ ...all, every: 10 }, 4)).toMatchObject({
      arrived: 2,
      counters: { lost: 2 },
    });
  });

  test('takes the time of all of them on a slow line, and room for all of them in its queue', () => {
    const wire = line([{ kind: 'rate', rateKbit: 6108 * 4, queuePackets: 12 }]);
    for (let n = 0; n < 3; n += 1) wire.arrive(0, { onLine });
    wire.advance(100);
    expect(wire.arrived.map((text) => text.split('@')[0])).toEqual(['1', '2']);
    expect(wire.faults[0]?.tally.achieved.maxDelayMs).toBeCloseTo(4, 6);
    expect(wire.faults[0]?.tally.counters).toMatchObject({ matched: 15, lost: 3, delivered: 12 });
  });
});
