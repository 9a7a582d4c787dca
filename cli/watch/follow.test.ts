import { expect, test } from 'vitest';
import { titleOf } from '../../lab/explain/title.ts';
import type { LabEvent } from '../../lab/index.ts';
import type { Step } from '../../lab/timeline/step.ts';
import { follow } from './follow.ts';
import { Selection } from './selection.ts';
import type { Source } from './source.ts';

/** A lab that is silent after some events, until it is stopped. */
function silentAfter(events: readonly LabEvent[]): Source {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  return {
    what: '',
    isLive: true,
    stop,
    [Symbol.asyncDispose]: async () => stop(),
    events: (async function* () {
      yield* events;
      await stopped;
    })(),
  };
}

function logged(line: string, beforeMs: number): LabEvent {
  return { kind: 'log', atNs: `${Date.now() - beforeMs}000000`, host: 'tcp-server', line };
}

test('a step is shown though nothing follows it, and a late event takes its place in time', async () => {
  const seen: Step[] = [];
  const source = silentAfter([logged('second', 0), logged('first', 30)]);
  const outputs = [{ steps: (steps: readonly Step[]) => void seen.push(...steps) }];
  const following = follow(source, new Selection({}), outputs);
  await expect.poll(() => seen.map(titleOf)).toEqual(['first', 'second']);
  source.stop();
  await following;
  expect(seen).toHaveLength(2);
});

test('following a source ends with the error of the source', async () => {
  const source: Source = {
    what: '',
    isLive: true,
    stop() {},
    async [Symbol.asyncDispose]() {},
    // biome-ignore lint/correctness/useYield: it ends before it gives anything
    events: (async function* () {
      throw new Error('the engine has gone');
    })(),
  };
  await expect(follow(source, new Selection({}), [])).rejects.toThrow('the engine has gone');
});
