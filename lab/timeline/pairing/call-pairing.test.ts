import { expect, test } from 'vitest';
import { at, call } from '../testing/by-hand.ts';
import { Timeline } from '../timeline.ts';

const accept = (host: string, atMs: number) =>
  call(host, atMs, { call: 'accept', stage: 'waiting', socket: { fd: 3 } });
const returned = { stage: 'returned', error: 'EINTR', tookNs: 9e6 } as const;

test('what waits at a host that has gone is forgotten, and what waits elsewhere or began since is not', () => {
  const timeline = new Timeline();
  const [gone, since, elsewhere] = [accept('h1', 1), accept('h1', 30), accept('h2', 1)];
  for (const event of [gone, elsewhere, since]) timeline.add(event);
  timeline.add({ kind: 'host', atNs: at(20), host: 'h1', state: 'exited', addresses: [] });
  timeline.advance(at(1000));
  const before = new Set(timeline.steps.map(({ id }) => id));
  for (const event of [gone, since, elsewhere]) timeline.add({ ...event, ...returned });
  const isNew = timeline.steps.filter(({ id }) => !before.has(id));
  expect(isNew).toMatchObject([{ host: 'h1', call: { id: gone.id, error: 'EINTR' } }]);
});

test('a call whose return is reported just after its host has gone is the same step', () => {
  const timeline = new Timeline();
  const waiting = accept('h1', 0);
  timeline.add(waiting);
  timeline.add({ kind: 'host', atNs: at(10), host: 'h1', state: 'exited', addresses: [] });
  timeline.add({ ...waiting, ...returned });
  timeline.end();
  expect(timeline.steps.map(({ kind }) => kind).sort()).toEqual(['call', 'host']);
});
