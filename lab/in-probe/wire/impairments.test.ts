import { describe, expect, test } from 'vitest';
import type { FaultSettings } from '../../model/faults.ts';
import { randomStream } from '../../util/random.ts';
import { transportSum } from './checksum.ts';
import { corrupt } from './corrupt.ts';
import { TCP } from './headers.ts';
import { REORDER_LIMIT, reorder } from './reorder.ts';
import { line, send } from './testing/line.ts';
import { packet } from './testing/packets.ts';

const COUNT = 10_000;

describe('loss', () => {
  test.each([0, 1, 30, 100])('of %d percent loses about so many', (percent) => {
    const wire = line([{ kind: 'loss', percent }]);
    send(wire, COUNT);
    const expected = (COUNT * percent) / 100;
    const deviation = Math.sqrt(expected * (1 - percent / 100));
    expect(Math.abs(wire.lost.length - expected)).toBeLessThanOrEqual(4 * deviation);
    expect(wire.arrived.length + wire.lost.length).toBe(COUNT);
  });

  test('is the same for the same seed, and another for another', () => {
    const lost = (seed: string) => {
      const wire = line([{ kind: 'loss', percent: 30, seed }]);
      send(wire, 100);
      return wire.lost;
    };
    expect(lost('one')).toEqual(lost('one'));
    expect(lost('one')).not.toEqual(lost('two'));
  });
});

describe('delay', () => {
  test('keeps each packet back for so long', () => {
    const wire = line([{ kind: 'delay', delayMs: 20 }]);
    send(wire, 3);
    wire.advance(100);
    expect(wire.arrived).toEqual(['1@20', '2@21', '3@22']);
  });

  test('with jitter stays within it, and in order', () => {
    const wire = line([{ kind: 'delay', delayMs: 20, jitterMs: 10 }]);
    send(wire, 1000);
    wire.advance(2000);
    const numbers = wire.arrived.map((text) => Number.parseInt(text, 10));
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(wire.faults[0]?.tally.achieved.minDelayMs).toBeGreaterThanOrEqual(10);
    expect(wire.faults[0]?.tally.achieved.minDelayMs).toBeLessThan(20);
    expect(wire.faults[0]?.tally.achieved.maxDelayMs).toBeLessThanOrEqual(30);
    expect(wire.faults[0]?.tally.achieved.meanDelayMs).toBeGreaterThan(20);
  });

  test('with overtaking has the mean that was asked for, and another order', () => {
    const wire = line([{ kind: 'delay', delayMs: 20, jitterMs: 10, overtaking: true }]);
    send(wire, 1000);
    wire.advance(2000);
    const numbers = wire.arrived.map((text) => Number.parseInt(text, 10));
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(wire.faults[0]?.tally.achieved.meanDelayMs).toBeCloseTo(20, 0);
  });
});

describe('reorder', () => {
  test('lets a packet be overtaken by so many', () => {
    const wire = line([
      { kind: 'reorder', percent: 100, behind: 2, first: 1 },
      { kind: 'loss', percent: 0 },
    ]);
    send(wire, 1);
    // It is for the first packet only, so that the others do not pass it, but it gives up waiting.
    wire.advance(100);
    expect(wire.arrived).toEqual(['1@100']);
  });

  test('changes the order, and loses nothing', () => {
    const wire = line([{ kind: 'reorder', percent: 20, behind: 3 }]);
    send(wire, 200);
    wire.advance(1000);
    const numbers = wire.arrived.map((text) => Number.parseInt(text, 10));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
    expect(numbers).not.toEqual(numbers.toSorted((a, b) => a - b));
    expect(wire.faults[0]?.tally.counters.reordered).toBeGreaterThan(20);
  });

  test('keeps a limited number of packets waiting, and loses the others until some have been let go', () => {
    let isDrawn = true;
    const impairment = reorder({ kind: 'reorder', percent: 50 }, () => (isDrawn ? 0 : 0.9));
    const fates = (count: number) => {
      const kinds = Array.from({ length: count }, () => impairment.decide(packet(), 0).kind);
      return [...new Set(kinds)];
    };
    expect(fates(REORDER_LIMIT)).toEqual(['wait']);
    expect(fates(10)).toEqual(['lose']);
    isDrawn = false;
    expect(impairment.decide(packet(), 0)).toMatchObject({
      kind: 'pass',
      letsGo: { length: REORDER_LIMIT },
    });
    isDrawn = true;
    expect(fates(1)).toEqual(['wait']);
  });

  test('lets each packet go when so many have passed it', () => {
    const drawn = [0, 0, 0.9, 0, 0.9, 0.9];
    const impairment = reorder(
      { kind: 'reorder', percent: 50, behind: 2 },
      () => drawn.shift() ?? 1,
    );
    const sent = Array.from({ length: 6 }, () => packet());
    const fates = sent.map((each) => impairment.decide(each, 0));
    const [one, two, , four] = sent;
    expect(fates.filter(({ kind }) => kind === 'pass')).toEqual([
      { kind: 'pass', overtakes: [one, two], letsGo: [] },
      { kind: 'pass', overtakes: [four], letsGo: [one, two] },
      { kind: 'pass', overtakes: [], letsGo: [four] },
    ]);
  });
});

describe('duplicate', () => {
  test('delivers the copies right behind the original', () => {
    const wire = line([{ kind: 'duplicate', percent: 100, copies: 2 }]);
    send(wire, 2);
    expect(wire.arrived).toEqual(['1@0', "1'@0", "1'@0", '2@1', "2'@1", "2'@1"]);
    expect(wire.faults[0]?.tally.counters).toMatchObject({
      duplicated: 2,
      copies: 4,
      delivered: 2,
    });
  });

  test.each(['224.0.0.1', '255.255.255.255', 'ff02::1'])('makes no copy for the group %s', (to) => {
    const wire = line([{ kind: 'duplicate', percent: 100 }]);
    wire.arrive(0, { to, from: to.includes(':') ? 'fe80::1' : '192.0.2.1' });
    expect(wire.arrived).toEqual(['1@0']);
  });
});

describe('corrupt', () => {
  const kinds = [{}, { protocol: TCP }, { from: 'fd93::1', to: 'fd93::2' }];

  test.each([1, 2, 8])('with %d bits flipped is always found by the checksum', (bits) => {
    const impairment = corrupt({ kind: 'corrupt', percent: 100, bits }, randomStream('s', 'c'));
    for (let round = 0; round < 3000; round += 1) {
      const original = packet(kinds[round % 3]);
      const fate = impairment.decide(original, 0);
      if (fate.kind !== 'corrupt') throw new Error('not corrupted');
      expect(transportSum(fate.bytes, original.headers)).not.toBe(0xffff);
    }
  });

  test('with the checksum corrected changes the payload alone, and is not detected', () => {
    const settings = { kind: 'corrupt', percent: 100, fixChecksum: true } as const;
    const impairment = corrupt(settings, randomStream('s', 'c'));
    for (let round = 0; round < 3000; round += 1) {
      const original = packet(kinds[round % 3]);
      const fate = impairment.decide(original, 0);
      if (fate.kind !== 'corrupt') throw new Error('not corrupted');
      const { payloadAt } = original.headers;
      expect(transportSum(fate.bytes, original.headers)).toBe(0xffff);
      expect(fate.bytes.subarray(payloadAt)).not.toEqual(original.bytes.subarray(payloadAt));
    }
  });

  test('leaves a packet without payload alone when the checksum is fixed', () => {
    const wire = line([{ kind: 'corrupt', percent: 100, fixChecksum: true }]);
    wire.arrive(0, { protocol: TCP, payload: '' });
    expect(wire.faults[0]?.tally.counters.corrupted).toBe(0);
  });
});

describe('rate', () => {
  // 1,000 bytes are 8,000 bits: 80 ms at 100 kbit/s.
  const settings: FaultSettings = { kind: 'rate', rateKbit: 100, queuePackets: 3 };
  const made = { payload: 'x'.repeat(972) };

  test('lets packets leave one after the other', () => {
    const wire = line([settings]);
    send(wire, 3, made);
    wire.advance(1000);
    expect(wire.arrived).toEqual(['1@80', '2@160', '3@240']);
    expect(wire.faults[0]?.tally.achieved.rateKbit).toBeCloseTo(100, 1);
  });

  test('loses what finds the queue full, and no more once there is room', () => {
    const wire = line([settings]);
    send(wire, 5, made);
    wire.advance(85);
    wire.arrive(86, made);
    expect(wire.lost).toEqual([4, 5]);
  });

  test('counts bytes where it is told to', () => {
    const wire = line([{ kind: 'rate', rateKbit: 100, queueBytes: 2500 }]);
    send(wire, 4, made);
    expect(wire.lost).toEqual([3, 4]);
  });
});

describe('partition', () => {
  test('loses everything, ICMP too', () => {
    const wire = line([{ kind: 'partition' }]);
    for (const protocol of [1, 6, 17, 58]) wire.arrive(0, { protocol });
    expect(wire.arrived).toEqual([]);
  });
});
