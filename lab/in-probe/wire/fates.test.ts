import { describe, expect, test } from 'vitest';
import type { FaultSettings } from '../../model/faults.ts';
import { TCP, UDP } from './headers.ts';
import { identityOf } from './packet.ts';
import { Pipeline } from './pipeline.ts';
import { fault, firstWait, heal, type Line, line, MS, send } from './testing/line.ts';
import { packet } from './testing/packets.ts';
import { WireFault } from './wire-fault.ts';

/** What was noted of the packets, without the beginnings and ends of faults. */
function told({ notes }: Line): string[] {
  return notes.filter((note) => !/^(applied|healed)/.test(note));
}

function endsOf(wire: Line, label: number | string): string[] {
  return told(wire).filter((note) => new RegExp(`^(delivered|lost) .* ${label}$`).test(note));
}

describe('every packet that meets a fault', () => {
  test('is delivered or lost, one of the two', () => {
    const wire = line([{ kind: 'loss', percent: 50 }]);
    send(wire, 500);
    expect(told(wire)).toHaveLength(500);
    for (let number = 1; number <= 500; number += 1) {
      const fate = wire.lost.includes(number) ? 'lost' : 'delivered';
      expect(endsOf(wire, number)).toEqual([`${fate} loss-1 ${number}`]);
    }
  });

  test('has as many ends as the host could get of it, whatever happens to it', () => {
    const all: FaultSettings[] = [
      { kind: 'delay', delayMs: 5, jitterMs: 5, overtaking: true },
      { kind: 'duplicate', percent: 30, copies: 2 },
      { kind: 'reorder', percent: 30, behind: 2, maxWaitMs: 10 },
      { kind: 'corrupt', percent: 30 },
      { kind: 'hold', every: 5, limit: 3 },
      { kind: 'rate', rateKbit: 500, queuePackets: 5 },
      { kind: 'duplicate', percent: 30 },
      { kind: 'loss', percent: 10 },
    ];
    const wire = line(all, { packets: 40 });
    send(wire, 500);
    heal(wire, 600);
    wire.pipeline.remove(fault(wire, 4), 600 * MS);
    wire.advance(2000);
    expect(wire.pipeline).toMatchObject({ inFlight: 0, overflowed: expect.any(Number) });
    for (let number = 1; number <= 500; number += 1) expect(endsOf(wire, number)).toHaveLength(1);
    const copies = wire.faults.reduce((sum, { tally }) => sum + tally.counters.copies, 0);
    expect(endsOf(wire, "\\d+'")).toHaveLength(copies);
    expect(wire.arrived.length + wire.lost.length).toBe(500 + copies);
  });

  test('is delivered by the last fault that had an effect on it, or else the last that it met', () => {
    const spared = { kind: 'loss', percent: 0 } as const;
    const last = (settings: readonly FaultSettings[]) => {
      const wire = line(settings);
      send(wire, 1);
      wire.advance(1000);
      return told(wire).at(-1);
    };
    expect(last([spared, spared, { ...spared, port: 9 }])).toBe('delivered loss-2 1');
    expect(last([{ kind: 'delay', delayMs: 9 }, spared])).toBe('delivered delay-1 1');
    expect(last([{ kind: 'corrupt', percent: 100 }, spared])).toBe('delivered corrupt-1 1');
    expect(last([{ kind: 'duplicate', percent: 100 }, spared])).toBe("delivered duplicate-1 1'");
    expect(last([{ kind: 'reorder', percent: 100 }, spared])).toBe('delivered reorder-1 1');
  });

  test('is reported, and no other packet', () => {
    const wire = line([{ kind: 'loss', percent: 0, port: 9 }]);
    send(wire, 20);
    expect(told(wire)).toEqual(['delivered loss-1 9']);
  });
});

describe('a copy', () => {
  test('has an end of its own', () => {
    const wire = line([
      { kind: 'duplicate', percent: 100 },
      { kind: 'loss', percent: 100, every: 2 },
    ]);
    send(wire, 1);
    expect(told(wire)).toEqual([
      'duplicated duplicate-1 1',
      'delivered duplicate-1 1',
      "lost loss-2 1'",
    ]);
  });

  test('that cannot be sent is lost, and no loss of the fault', () => {
    const notes: string[] = [];
    const pipeline = new Pipeline({
      deliver: ({ id }) => id !== undefined,
      lose: () => {},
      note: (fate, { id }) => notes.push(`${fate} ${id}`),
      change: () => {},
    });
    const settings = { kind: 'duplicate', percent: 100 } as const;
    const twice = new WireFault(settings, {
      id: 'twice',
      host: 'b',
      seed: 's',
    });
    pipeline.add(twice);
    pipeline.arrive(packet(), 0);
    expect(notes).toEqual(['duplicated twice', 'delivered twice', 'lost twice']);
    expect(twice.tally.counters.lost).toBe(0);
  });

  test('that there is no room for is no loss of the fault that delayed its original', () => {
    const settings = [
      { kind: 'delay', delayMs: 1000 },
      { kind: 'duplicate', percent: 100, copies: 9 },
    ] as const;
    const wire = line(settings, { packets: 5 });
    send(wire, 1);
    wire.advance(1000);
    expect([endsOf(wire, 1), wire.pipeline.overflowed]).toEqual([['delivered duplicate-2 1'], 5]);
    expect(wire.faults.map(({ tally }) => tally.counters)).toMatchObject([
      { lost: 0, delayed: 1, delivered: 1 },
      { lost: 0, copies: 9, delivered: 1 },
    ]);
  });
});

describe('a held packet', () => {
  const behind = [
    { kind: 'delay', delayMs: 10 },
    { kind: 'corrupt', percent: 100 },
  ] as const;

  test('goes on through the faults behind, and each copy does, with its own events', () => {
    const wire = line([{ kind: 'hold' }, ...behind]);
    send(wire, 1);
    expect(told(wire)).toEqual(['held hold-1 1']);
    wire.pipeline.release(firstWait(wire), 5 * MS, { copies: 1 });
    wire.advance(100);
    expect(told(wire).slice(1)).toEqual([
      'duplicated hold-1 1',
      'delayed delay-2 1',
      'corrupted corrupt-3 1',
      "delayed delay-2 1'",
      "corrupted corrupt-3 1'",
      'delivered corrupt-3 1',
      "delivered corrupt-3 1'",
    ]);
    expect(wire.arrived.map((text) => text.split('@')[1])).toEqual(['15', '15']);
  });

  test.each([
    ['dropped', (wire: Line) => wire.pipeline.drop(firstWait(wire)), 'lost'],
    [
      'let go later',
      (wire: Line) => wire.pipeline.release(firstWait(wire), 0, { delayNs: MS }),
      'delivered',
    ],
    ['healed', (wire: Line) => heal(wire, 0), 'delivered'],
  ])('that is %s is reported once', (_, decide, fate) => {
    const wire = line([{ kind: 'hold' }]);
    wire.arrive(0);
    decide(wire);
    wire.advance(100);
    expect(told(wire)).toEqual(['held hold-1 1', `${fate} hold-1 1`]);
  });

  test('that is decided on twice meets the first decision', () => {
    const wire = line([{ kind: 'hold' }]);
    wire.arrive(0);
    const wait = firstWait(wire);
    wire.pipeline.release(wait, MS);
    wire.pipeline.drop(wait);
    expect(told(wire)).toEqual(['held hold-1 1', 'delivered hold-1 1']);
  });
});

describe('reordered', () => {
  const reorder = { kind: 'reorder', percent: 100, maxWaitMs: 20 } as const;
  /** Draws the first packet alone. */
  const seed = '9';

  test('is a packet once, when the first later one overtakes it', () => {
    const wire = line([{ ...reorder, percent: 50, behind: 2, seed }]);
    send(wire, 3);
    expect(told(wire)).toEqual([
      'delayed reorder-1 1',
      'reordered reorder-1 1',
      'delivered reorder-1 2',
      'delivered reorder-1 3',
      'delivered reorder-1 1',
    ]);
    expect(wire.faults[0]?.tally.counters).toMatchObject({
      delayed: 1,
      reordered: 1,
      delivered: 3,
    });
  });

  test('is none that no other one overtakes', () => {
    const wire = line([reorder]);
    send(wire, 1);
    wire.advance(100);
    expect(told(wire)).toEqual(['delayed reorder-1 1', 'delivered reorder-1 1']);
  });
});

test('a fault is reported as healed when what it kept has gone on', () => {
  const wire = line([{ kind: 'delay', delayMs: 1000 }]);
  wire.arrive(0);
  heal(wire, 5);
  expect(wire.notes).toEqual([
    'applied delay-1',
    'delayed delay-1 1',
    'delivered delay-1 1',
    'healed delay-1',
  ]);
});

const six = { from: 'fd00::1', to: 'fd00::2', protocol: UDP };

test.each([
  ['of a segment', { protocol: TCP }],
  ['of a datagram over IPv6', six],
])('damage does not change who a packet is: %s', (_, made) => {
  for (const seed of Array.from({ length: 200 }, (_, n) => String(n))) {
    const identities: unknown[] = [];
    const pipeline = new Pipeline({
      deliver: () => true,
      lose: () => {},
      note: (_fate, _fault, one) => identities.push(identityOf(one)),
      change: () => {},
    });
    const settings = { kind: 'corrupt', percent: 100, bits: 8 } as const;
    pipeline.add(new WireFault(settings, { id: 'c', host: 'b', seed }));
    pipeline.arrive(packet(made), 0);
    expect(identities).toEqual(Array(2).fill(identityOf(packet(made))));
  }
});

test('datagrams over IPv6, which have no identification, are distinguished by their contents', () => {
  const digestOf = (payload: string, more = {}) =>
    identityOf(packet({ ...six, payload, ...more })).digest;
  expect(digestOf('one')).toBe(digestOf('one'));
  expect(digestOf('one')).not.toBe(digestOf('two'));
  expect(digestOf('one', { from: '10.0.0.1', to: '10.0.0.2' })).toBeUndefined();
});
