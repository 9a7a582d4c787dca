import { expect, test } from 'vitest';
import type { LabEvent } from '../model/event.ts';
import { at, call, leaves } from '../timeline/testing/by-hand.ts';
import { StartFilter } from './start-filter.ts';

const packet = (atMs: number) =>
  leaves({ atMs, from: '10.0.0.1:1', to: '10.0.0.2:2', flags: 'S', id: atMs });

/** What a watch reports of events from before it begins, and after. */
async function told(before: readonly LabEvent[], after: readonly LabEvent[]) {
  const startFilter = new StartFilter();
  const events = startFilter.of(
    (async function* () {
      yield* before;
      startFilter.begin();
      yield* after;
    })(),
  );
  return Array.fromAsync(events);
}

test('what only some instruments saw is left out, even if another reports it later', async () => {
  const answer = call('h1', 2, { call: 'send' });
  const log: LabEvent = { kind: 'log', atNs: at(9), host: 'h1', line: 'sent' };
  expect(await told([packet(1), packet(5)], [packet(4), answer, packet(6), log])).toEqual([
    packet(6),
    log,
  ]);
});

test('the state at the beginning is reported, and the return of a call that was waiting then', async () => {
  const listens = call('h2', 1, { call: 'listen', stage: 'present' });
  const waits = call('h2', 1, { call: 'accept', stage: 'waiting' });
  const accepts = { ...waits, stage: 'returned' as const };
  const short = call('h2', 2, { call: 'close' });
  expect(await told([listens, waits, short, accepts], [])).toEqual([listens, waits, accepts]);
});
