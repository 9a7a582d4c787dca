/** More hosts than there is room for columns. */
import { describe, expect, test } from 'vitest';
import type { Step } from '../timeline/step.ts';
import { draw, drawn, newDiagram } from './testing/draw.ts';
import { callStep, hostStep, logStep, packetStep } from './testing/steps.ts';

const SECOND_MS = 1000;

/** `host-0`, `host-1`, … */
function hosts(count: number): Step[] {
  return Array.from({ length: count }, (_, n) => hostStep(`host-${n}`, `10.0.0.${n}`));
}

function packets(way: string, count: number, fromMs = 1): Step[] {
  return Array.from({ length: count }, (_, n) => packetStep(fromMs + n / 100, way, 'ACK'));
}

const namesOf = (line: string | undefined) => line?.trim().split(/\s+/).slice(1) ?? [];
const isHeader = (line: string) => line.startsWith(' seconds');

describe('a lab of five, at 80 columns', () => {
  const services = ['nginx', 'redis', 'dnsmasq', 'iperf3'];
  const five = [...services, 'client'].map((host, n) => hostStep(host, `10.0.0.${n}`));
  const listens = services.map((host, n) => callStep(n, host, 'listen 64'));

  test('gets a column for each host', () => {
    const talks = services.flatMap((host) => packets(`client > ${host}`, 2, 10));
    const lines = draw([...five, ...listens, ...talks]);
    expect(namesOf(lines[0]).sort()).toEqual(['client', ...services].sort());
    expect(lines.join()).not.toContain('more host');
  });

  test('with room for three columns shows the client and its two servers', () => {
    const talks = ['iperf3', 'dnsmasq'].flatMap((host) => packets(`client > ${host}`, 2, 10));
    expect(drawn([...five, ...listens, ...talks], { width: 60 })).toMatchInlineSnapshot(`
      "
       seconds client         dnsmasq        iperf3
               10.0.0.4       10.0.0.2       10.0.0.3
               … and 2 more hosts
         0.000 nginx  listen 64              │
         0.001 redis  listen 64              │
         0.002 │              ● listen 64    │
         0.003 │              │              ● listen 64
         0.010 ├──── ACK ─────┼─────────────▶│
               ├──── ACK ─────┼─────────────▶│
               ├──── ACK ────▶│              │
               ├──── ACK ────▶│              │
      "
    `);
  });
});

describe('200 hosts', () => {
  test.each([
    { width: 80, columns: 5 },
    { width: 160, columns: 10 },
  ])('the $columns that talk most get a column at a width of $width', ({ width, columns }) => {
    const talks = Array.from({ length: 20 }, (_, n) =>
      packets(`host-${150 + n} > host-7`, 20 - n, n + 1),
    );
    const lines = draw([...hosts(200), ...talks.flat()], { width });
    const expected = [
      'host-7',
      ...Array.from({ length: columns - 1 }, (_, n) => `host-${150 + n}`),
    ];
    expect(namesOf(lines[0])).toEqual(expected);
    expect(lines.filter((line) => line.includes('more host'))).toEqual([
      `         … and ${200 - columns} more hosts: what they do among themselves is only counted`,
    ]);
  });

  test('without a column are counted, and named with whom they talk', () => {
    const steps = [
      ...hosts(200),
      ...Array.from({ length: 5 }, (_, n) => packets(`host-${n} > host-${n + 1}`, 9)).flat(),
      packetStep(20, 'host-60 > host-1', 'SYN'),
      packetStep(30, 'host-60 > host-61', 'SYN'),
      callStep(31, 'host-60', 'connect 10.0.0.61:80'),
      logStep(32, 'host-61', 'hello'),
    ];
    expect(draw(steps).slice(-2)).toMatchInlineSnapshot(`
      [
        "   0.019 │◀─ SYN ── host-60          │             │             │",
        "         … 3 steps at 2 other hosts",
      ]
    `);
  });

  test('that only listen get no column, and hide none that talk', () => {
    const listens = hosts(200).flatMap(({ host }) => [
      callStep(1, host, 'listen 64'),
      callStep(2, host, 'accept', { stage: 'waiting' }),
    ]);
    const lines = draw([...hosts(200), ...listens, packetStep(3, 'host-7 > host-21', 'SYN')]);
    expect(namesOf(lines[0])).toEqual(['host-7', 'host-21']);
    expect(lines.length).toBeLessThan(10);
  });

  test('that join during the watch are counted again, once each time', () => {
    const diagram = newDiagram();
    const talk = packets('host-0 > host-1', 3);
    const lines = [hosts(20), hosts(30)].flatMap((all) => diagram.add([...all, ...talk]));
    expect(lines.filter((line) => line.includes('more hosts'))).toEqual([
      expect.stringContaining('and 18 more hosts'),
      expect.stringContaining('and 28 more hosts'),
    ]);
    expect(lines.filter(isHeader)).toHaveLength(1);
  });

  test('that begin to talk get a free column; if none is free, only those that talk clearly more', () => {
    const diagram = newDiagram();
    const pairs = (n: number, count: number, fromMs: number) =>
      packets(`host-${2 * n} > host-${2 * n + 1}`, count, fromMs);
    const at = (second: number) => second * SECOND_MS;
    const first = diagram.add([...hosts(200), ...pairs(0, 10, at(0))]);
    const second = diagram.add([...pairs(1, 5, at(1))]);
    // A fifth column is there for one of two.
    const third = diagram.add([...pairs(2, 4, at(2))]);
    expect([first, second, third].map((lines) => lines.filter(isHeader).map(namesOf))).toEqual([
      [['host-0', 'host-1']],
      [['host-0', 'host-1', 'host-2', 'host-3']],
      [['host-0', 'host-1', 'host-2', 'host-3', 'host-4']],
    ]);
    expect(diagram.add(pairs(3, 6, at(5))).filter(isHeader)).toEqual([]);
    const changed = diagram.add(pairs(3, 50, at(10)));
    expect(changed.slice(0, 5)).toMatchInlineSnapshot(`
      [
        "         … 6 steps at 1 other host",
        "       ⋮ ┊             ┊             ┊             ┊             ┊",
        "",
        "         ⇄ host-6, host-7 instead of host-3, host-4",
        " seconds host-0        host-1        host-2        host-6        host-7",
      ]
    `);
    // So soon again would be too much.
    expect(diagram.add(pairs(4, 200, at(10.5))).filter(isHeader)).toEqual([]);
  });
});

test('columns rarely change hands, even when 100 hosts take turns', () => {
  const diagram = newDiagram();
  const lines = diagram.add(hosts(200));
  for (let second = 0; second < 300; second += 1) {
    const client = 100 + (second % 100);
    lines.push(...diagram.add(packets(`host-${client} > host-1`, 3, second * SECOND_MS)));
  }
  expect(lines.filter(isHeader).length).toBeLessThan(15);
});
