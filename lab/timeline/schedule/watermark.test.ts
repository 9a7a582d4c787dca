import { expect, test } from 'vitest';
import { Watermark } from './watermark.ts';

const LATENESS_NS = 100;

test('a watermark stays behind the latest event, and never goes back', () => {
  const watermark = new Watermark(LATENESS_NS);
  watermark.see(1000);
  expect(watermark).toMatchObject({ nowNs: 1000, ns: 900 });
  watermark.see(950);
  expect(watermark).toMatchObject({ nowNs: 1000, ns: 900 });
});

test('a watermark waits longer after an event that came late, and less and less while none does', () => {
  const watermark = new Watermark(LATENESS_NS);
  watermark.see(10_000);
  watermark.see(9000);
  watermark.see(11_000);
  const behind = 11_000 - watermark.ns;
  expect(behind).toBeGreaterThan(1000);
  watermark.advance(100_000);
  expect(100_000 - watermark.ns).toBe(LATENESS_NS);
});

test('a watermark waits for 5 s at most', () => {
  const watermark = new Watermark(LATENESS_NS);
  watermark.see(60e9);
  watermark.see(0);
  watermark.see(120e9);
  watermark.see(61e9);
  watermark.see(121e9);
  expect(121e9 - watermark.ns).toBeLessThanOrEqual(5e9);
});

test('when nothing more will come, everything is before the watermark', () => {
  const watermark = new Watermark(LATENESS_NS);
  watermark.end();
  expect(watermark.ns).toBe(Number.POSITIVE_INFINITY);
});
