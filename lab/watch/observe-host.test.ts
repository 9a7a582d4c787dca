import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { LabEvent } from '../event.ts';
import type { Host } from '../host.ts';
import type { Lab } from '../lab.ts';
import { Confluence } from '../merge.ts';
import { leaves } from '../timeline/testing/by-hand.ts';
import { observeHost } from './observe-host.ts';

/** An instrument that gives what it is told to. */
function instrument() {
  const events = new Confluence<LabEvent>();
  return Object.assign(events, { stop: async () => events.end() });
}

test('packets that come before the trace are left out: their calls would be missing', async () => {
  const [capture, trace] = [instrument(), instrument()];
  const { promise: tracing, resolve: attach } = Promise.withResolvers<typeof trace>();
  const lab = { capture: async () => capture, trace: () => tracing } as unknown as Lab;
  const host = { name: 'h1', logs: async function* () {} } as unknown as Host;
  const into = new Confluence<LabEvent>();
  let hasBegun = false;
  const observing = observeHost(lab, host, {
    ...{ calls: true, into, hasBegun: () => hasBegun, onTrouble() {} },
  });

  const packet = (id: number) =>
    leaves({ atMs: id, from: '10.0.0.1:1', to: '10.0.0.2:2', flags: 'S', id });
  await capture.push(packet(1));
  await setImmediate();
  attach(trace);
  const observation = await observing;
  hasBegun = true;
  await capture.push(packet(2));
  await observation.stop();
  await observation.told;
  into.end();
  expect(await Array.fromAsync(into)).toEqual([packet(2)]);
});
