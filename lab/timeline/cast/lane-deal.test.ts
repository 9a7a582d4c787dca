import { describe, expect, test } from 'vitest';
import { LaneDeal } from './lane-deal.ts';

const scores = (of: Readonly<Record<string, number>>) => new Map(Object.entries(of));
const MINUTE_MS = 60_000;

describe('a deal of lanes', () => {
  test('gives lanes to the hosts that talk most, and none to hosts that do not talk', () => {
    const deal = new LaneDeal();
    expect(deal.next(scores({ a: 1, b: 0, c: 3, d: 2 }), { room: 2, atMs: 0 })).toEqual(['c', 'd']);
    expect(new LaneDeal().next(scores({ a: 1, b: 0 }), { room: 2, atMs: 0 })).toEqual(['a']);
  });

  test('gives away a free lane at once, and leaves the others as they are', () => {
    const deal = new LaneDeal();
    deal.next(scores({ a: 1, b: 0, c: 0 }), { room: 2, atMs: 0 });
    expect(deal.next(scores({ a: 1, b: 9, c: 0 }), { room: 2, atMs: 1 })).toEqual(['a', 'b']);
  });

  test('lets a lane change hands only after a pause, and to a host that talks clearly more', () => {
    const deal = new LaneDeal();
    const [first] = deal.next(scores({ a: 10, b: 9 }), { room: 1, atMs: 0 });
    expect(first).toBe('a');
    expect(deal.next(scores({ a: 10, b: 100 }), { room: 1, atMs: 100 })).toEqual(['a']);
    expect(deal.next(scores({ a: 10, b: 15 }), { room: 1, atMs: MINUTE_MS })).toEqual(['a']);
    expect(deal.next(scores({ a: 10, b: 21 }), { room: 1, atMs: MINUTE_MS })).toEqual(['b']);
  });

  test('has the least active ones make room', () => {
    const deal = new LaneDeal();
    deal.next(scores({ a: 5, b: 50, c: 1 }), { room: 3, atMs: 0 });
    const now = scores({ a: 5, b: 50, c: 1, d: 200, e: 300 });
    expect(deal.next(now, { room: 3, atMs: MINUTE_MS }).toSorted()).toEqual(['b', 'd', 'e']);
  });

  test('is the same array until it changes', () => {
    const deal = new LaneDeal();
    const now = scores({ a: 5, b: 4, c: 3 });
    const dealt = deal.next(now, { room: 2, atMs: 0 });
    expect(deal.next(now, { room: 2, atMs: MINUTE_MS })).toBe(dealt);
  });

  test('takes lanes from the least active hosts where there is less room, and from hosts that are gone', () => {
    const deal = new LaneDeal();
    deal.next(scores({ a: 1, b: 2, c: 3 }), { room: 3, atMs: 0 });
    expect(deal.next(scores({ a: 1, b: 2, c: 3 }), { room: 2, atMs: 1 })).toEqual(['c', 'b']);
    expect(deal.next(scores({ a: 1, b: 2 }), { room: 2, atMs: 2 })).toEqual(['b', 'a']);
  });

  test.each([5, 10, 100])('is changed less and less often, as with %i hosts in turns', (hosts) => {
    const deal = new LaneDeal();
    let changes = 0;
    let last = deal.next(new Map(), { room: 1, atMs: 0 });
    for (let second = 0; second < 600; second += 1) {
      const turn = new Map([[`host-${second % hosts}`, 100]]);
      for (let i = 0; i < hosts; i += 1) if (i !== second % hosts) turn.set(`host-${i}`, 1);
      const next = deal.next(turn, { room: 1, atMs: second * 1000 });
      if (next !== last) changes += 1;
      last = next;
    }
    expect(changes).toBeLessThan(20);
  });
});
