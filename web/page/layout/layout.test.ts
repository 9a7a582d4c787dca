import { expect, test } from 'vitest';
import { titleOf } from '../../../lab/explain/testing/words-of.ts';
import { isFated, type Step } from '../../../lab/timeline/step.ts';
import { Timeline } from '../../../lab/timeline/timeline.ts';
import { lossyStory } from '../../testing/stories.ts';
import { Story } from '../../testing/story.ts';
import { everything, filtered } from '../filter.ts';
import { columns, columnsIn, hostNames, isLast } from './columns.ts';
import { layout, type Placed, visible } from './layout.ts';
import { StepClock } from './step-clock.ts';

const udpSocket = { fd: 9, protocol: 'udp' } as const;
const toPort0 = { address: 'fd00::2', port: 0 };

function stepsOf({ events }: Story): readonly Step[] {
  const timeline = new Timeline();
  for (const event of events) timeline.add(event);
  timeline.end();
  return timeline.steps;
}

function lossySteps(): readonly Step[] {
  return stepsOf(lossyStory());
}

test('every arrow slopes downwards, from its departure to its arrival', () => {
  const { placed } = layout(lossySteps(), new StepClock());
  const packets = placed.filter(({ step }) => step.kind === 'packet');
  expect(packets.length).toBeGreaterThan(10);
  for (const { y, endY } of packets) expect(endY).toBeGreaterThan(y);
});

test('steps are laid out in time order', () => {
  const steps = lossySteps();
  const { placed } = layout(steps.toReversed(), new StepClock());
  expect(placed).toHaveLength(steps.length);
  for (const order of [({ startMs }: Placed) => startMs, ({ y }: Placed) => y]) {
    const values = placed.map(order);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  }
});

test('the arrow of a delayed packet is steeper', () => {
  const { placed } = layout(lossySteps(), new StepClock());
  const height = ({ y, endY = 0 }: (typeof placed)[number]) => endY - y;
  const isDelayed = ({ step }: (typeof placed)[number]) =>
    step.kind === 'packet' && isFated(step, 'delayed');
  const syn = placed.find(({ step }) => titleOf(step) === 'SYN');
  const delayed = placed.find(isDelayed);
  expect(delayed && height(delayed)).toBeGreaterThan(2 * (syn ? height(syn) : 0));
});

test('calls that wait at the same time are side by side', () => {
  const call = (id: number): Step => {
    const at = { id, atNs: String(1000 + id), host: 'a' };
    const process = { pid: 1 };
    return {
      ...at,
      kind: 'call',
      call: { ...at, kind: 'call', call: 'accept', stage: 'waiting', process, arguments: {} },
      links: [],
    };
  };
  const { placed } = layout([call(1), call(2)], new StepClock());
  expect(placed.map(({ slot }) => slot)).toEqual([0, 1]);
});

test('only what is in view, or reaches into it, is drawn', () => {
  const whole = layout(lossySteps(), new StepClock());
  const last = whole.placed.at(-1);
  const shown = visible(whole, { top: (last?.y ?? 0) - 10, bottom: whole.height });
  expect(shown.length).toBeLessThan(5);
  expect(shown).toContain(last);
  // The server's second `accept` waits, so its bar goes down to the end.
  const waiting = { ...whole, placed: whole.placed.map((one) => ({ ...one, endY: undefined })) };
  expect(visible(waiting, { top: whole.height - 1, bottom: whole.height })).toHaveLength(
    whole.placed.length,
  );
});

test('a host that shares the network of another is next to it', () => {
  const step = (host: string, shared?: { sharesNetworkOf: string }): Step => {
    const at = { atNs: '0', host };
    const state = { ...at, kind: 'host', state: 'running', addresses: [], ...shared } as const;
    return { ...at, id: 0, kind: 'host', state, links: [] };
  };
  const steps = [step('side', { sharesNetworkOf: 'b' }), step('c'), step('b')];
  expect(hostNames(steps, new Set(['b', 'c', 'side']))).toEqual(['b', 'side', 'c']);
});

test('each host has a column, those of the lab before others', () => {
  const names = hostNames(lossySteps(), new Set(['udp-client', 'tcp-server', 'tcp-client']));
  expect(names).toEqual(['tcp-client', 'tcp-server', 'udp-client', 'udp-echo-server']);
  const { x } = columns(names, { width: 884, gutter: 84 });
  expect(names.map(x)).toEqual([184, 384, 584, 784]);
  expect(x('nobody')).toBeUndefined();
});

test('where there is not room for all hosts, the last column is shared', () => {
  const others = new Set(['c', 'd']);
  const shared = columns(['a', 'b'], { width: 384, gutter: 84 }, others);
  expect(['a', 'b', 'c', 'd'].map(shared.x)).toEqual([134, 234, 334, 334]);
  expect([134, 234, 334].map((x) => isLast(x, shared))).toEqual([false, false, true]);
  expect(columnsIn({ width: 884, gutter: 84 })).toBe(9);
});

test('steps are filtered by host, conversation and kind; faults go with their hosts', () => {
  const steps = lossySteps();
  const kinds = (part: Partial<typeof everything>) => [
    ...new Set(filtered(steps, { ...everything, ...part }, new Set()).map(({ kind }) => kind)),
  ];
  expect(kinds({ showsCalls: false })).not.toContain('call');
  expect(kinds({ showsLogs: false })).not.toContain('log');
  const at = (host: string) =>
    filtered(steps, { ...everything, hosts: new Set([host]) }, new Set());
  expect(at('udp-client').some(({ host }) => host === 'tcp-client')).toBe(false);
  expect(at('tcp-client').some(({ kind }) => kind === 'fault')).toBe(true);
  const of = (conversation: number) =>
    filtered(steps, { ...everything, conversation }, new Set()).some(
      ({ kind }) => kind === 'fault',
    );
  const [tcp = 0, udp = 0] = new Set(steps.flatMap(({ conversation }) => conversation ?? []));
  expect([tcp, udp].map(of)).toEqual([true, false]);
  expect(filtered(steps, everything, new Set())).toBe(steps);
});

test('traffic outside the conversations is hidden until it is asked for', () => {
  const local = { address: '0.0.0.0', port: 50_000 };
  const story = new Story()
    .call('a', {
      call: 'socket',
      arguments: { family: 'AF_INET6', type: 'SOCK_DGRAM' },
      socket: udpSocket,
    })
    .call('a', { call: 'connect', arguments: {}, socket: udpSocket, peer: toPort0 })
    .call('a', { call: 'connect', arguments: { family: 'AF_UNSPEC' }, socket: udpSocket })
    .call('a', { call: 'close', arguments: {}, socket: udpSocket })
    .call('a', { call: 'bind', arguments: {}, socket: { ...udpSocket, local }, peer: local });
  const steps = stepsOf(story);
  const titles = (part: Partial<typeof everything>) =>
    filtered(steps, { ...everything, ...part }, new Set(['a'])).map(titleOf);
  expect(titles({})).toEqual([expect.stringContaining('bind')]);
  expect(titles({ showsOthers: true })).toHaveLength(5);
});

test('the selected step is drawn even out of view, as a screen reader is pointed at it', () => {
  const whole = layout(lossySteps(), new StepClock());
  const selected = whole.placed[0]?.step.id;
  const bottom = whole.height;
  const shown = (options: object) =>
    visible(whole, { top: bottom - 50, bottom, ...options }).map(({ step }) => step.id);
  expect(shown({})).not.toContain(selected);
  expect(shown({ selected })).toEqual([selected, ...shown({})]);
});
