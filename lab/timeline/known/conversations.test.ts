import { expect, test } from 'vitest';
import { call, endOf } from '../testing/by-hand.ts';
import { CLIENT, handshake, SERVER } from '../testing/connection.ts';
import { Timeline } from '../timeline.ts';

test('a conversation that a trace finds closing is a change for a renderer', () => {
  const timeline = new Timeline({ latenessMs: 0 });
  for (const event of handshake(0, 100)) timeline.add(event);
  const { revision, conversations } = timeline.changedSince(0);
  expect(conversations).toMatchObject([{ state: 'open' }]);
  const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
  timeline.add(call('h1', 5, { call: 'connect', stage: 'present', state: 'FIN-WAIT-1', socket }));
  expect(timeline.changedSince(revision).conversations).toMatchObject([{ state: 'closing' }]);
});
