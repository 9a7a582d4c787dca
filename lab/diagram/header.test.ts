/** Which hosts have a column, in which order, and when they are named. */
import { describe, expect, test } from 'vitest';
import { draw, newDiagram } from './testing/draw.ts';
import { callStep, fourHosts, hostStep, packetStep, tcpConversation } from './testing/steps.ts';

const twoHosts = fourHosts.slice(0, 2);
const there = 'tcp-client > tcp-server';

describe('the header', () => {
  const isHeader = (line: string) => line.startsWith(' seconds');

  test('is repeated when it has scrolled out of sight', () => {
    const many = Array.from({ length: 60 }, (_, i) => packetStep(i, there, 'ACK'));
    const lines = draw([...twoHosts, ...many], { height: 24 });
    const at = lines.flatMap((line, index) => (isHeader(line) ? [index] : []));
    expect(at[0]).toBe(0);
    expect(at.length).toBeGreaterThan(2);
    for (const [i, index] of at.entries()) expect(index - (at[i - 1] ?? 0)).toBeLessThan(24);
  });

  test('is repeated when a host joins', () => {
    const diagram = newDiagram();
    const lines = diagram.add([...twoHosts, ...tcpConversation()]);
    lines.push(...diagram.add([...fourHosts.slice(2), packetStep(2000, there, 'SYN')]));
    expect(lines.filter(isHeader)).toHaveLength(2);
  });

  test('is not repeated each time a host turns out to be a server', () => {
    const names = ['a', 'b', 'c', 'd'];
    const diagram = newDiagram();
    const batches = [
      [...names.map((name, n) => hostStep(name, `10.0.0.${n}`)), packetStep(0, 'd > a', 'SYN')],
      ...names.slice(0, 3).map((name, n) => [callStep(100 * n, name, 'listen 64')]),
      [packetStep(2000, 'd > b', 'SYN')],
      [packetStep(2500, 'd > c', 'SYN')],
    ];
    const headers = batches.flatMap((steps) => diagram.add(steps)).filter(isHeader);
    expect(headers).toEqual([
      expect.stringMatching(/ a +b +c +d$/),
      expect.stringMatching(/ d +a +b +c$/),
    ]);
  });

  test('puts the hosts that were asked for first, and servers to the right of their clients', () => {
    const server = callStep(1, 'a', 'listen 64');
    const steps = [
      hostStep('a', '10.0.0.1'),
      hostStep('b', '10.0.0.2'),
      hostStep('c', '10.0.0.3'),
      server,
    ];
    expect(draw(steps)[0]).toMatch(/ b +c +a$/);
    expect(draw(steps, { hosts: ['c'] })[0]).toMatch(/ c +b +a$/);
  });
});
