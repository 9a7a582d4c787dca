import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import type { Step } from '../timeline/step.ts';
import { ASCII, UNICODE } from './symbols.ts';
import { draw } from './testing/draw.ts';
import { callStep, faultStep, hostStep, logStep, packetStep } from './testing/steps.ts';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
const STEPS = 150;

/** What a peer may send, or a program log: wide, joined, combining, right to left, and what a terminal would obey. */
const nasty = [
  'plain words',
  '世界',
  '👩‍👩‍👧',
  'e\u0301',
  'שלום',
  '\u202eabc',
  'ｗｉｄｅ',
  '🇩🇪',
  'a'.repeat(300),
  '\u001b[2J\u001b[31m',
  '\u0007',
  '\r\n',
  '\u009b5n',
  '\t',
  '\u2028',
  '\u200b',
  `z${'\u0301'.repeat(99)}`,
  '\u001b]0;title\u0007',
  '\u001b]8;;http://x\u001b\\link',
  '\ud800',
  '\u0000',
];

/** mulberry32: the same seed, the same steps. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function randomSteps(next: () => number): Step[] {
  const pick = <T>(items: readonly T[]) => items[Math.floor(next() * items.length)] as T;
  const words = () => Array.from({ length: 1 + next() * 6 }, () => pick(nasty)).join(' ');
  const hosts = Array.from({ length: 2 + next() * 6 }, (_, i) => `host-${i} ${pick(nasty)}`);
  const make: ((atMs: number) => Step)[] = [
    (atMs) => callStep(atMs, pick(hosts), `connect ${words()}:7`, { tookMs: next() * 50 }),
    (atMs) => callStep(atMs, pick(hosts), `read 5 bytes "${words()}"`),
    (atMs) => packetStep(atMs, `${pick(hosts)} > ${pick(hosts)}`, `ACK 5 bytes "${words()}"`),
    (atMs) => packetStep(atMs, `${pick(hosts)} > ${words()}`, 'ACK', { delivery: 'lost' }),
    (atMs) =>
      packetStep(atMs, `${pick(hosts)} > ${pick(hosts)}`, 'SYN', {
        isRetransmission: true,
        fates: ['held'],
      }),
    (atMs) => logStep(atMs, pick(hosts), words()),
    (atMs) => faultStep(atMs, pick(hosts), { kind: 'loss', percent: 1, network: words() }),
    () => hostStep(pick(hosts), words()),
  ];
  return Array.from({ length: STEPS }, (_, i) => pick(make)(i * 40));
}

test.each(SEEDS)(
  'no line is wider than the terminal or contains control characters (seed %i)',
  (seed) => {
    const next = random(seed);
    const steps = randomSteps(next);
    const width = 20 + Math.floor(next() * 180);
    for (const symbols of [UNICODE, ASCII]) {
      for (const line of draw(steps, { width, symbols, explain: true, height: 30 })) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
        expect(line).toBe(stripVTControlCharacters(line));
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        if (symbols === ASCII) expect(line).toMatch(/^[\x20-\x7e]*$/);
      }
    }
  },
);
