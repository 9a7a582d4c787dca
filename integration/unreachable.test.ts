import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../lab/index.ts';
import { converse, startStandby } from './support/services.ts';

/** Where no server can be reached, and the one sentence that a client ends with. */
const nowhere = [
  {
    what: 'a server that is absent',
    SERVER_HOST: 'nowhere',
    sentence: 'Unknown host name "nowhere". Is that host running, and on the same network?',
  },
  {
    what: 'an address outside the lab',
    SERVER_HOST: '192.0.2.1',
    sentence: 'No route to 192.0.2.1:50000. Is that host up, and on the same network?',
  },
  {
    what: 'an address outside the lab, over IPv6',
    SERVER_HOST: '2001:db8::1',
    sentence: 'No route to [2001:db8::1]:50000. Is that host up, and on the same network?',
  },
];
const roles = ['tcp-client', 'udp-client'] as const;
const cases = roles.flatMap((role) => nowhere.map((place) => ({ role, ...place })));

let lab: Lab;
let clients: Host[];
beforeAll(async () => {
  lab = await Lab.start();
  clients = await Promise.all(roles.map((role) => startStandby(lab, role)));
});
afterAll(() => lab?.[Symbol.asyncDispose]());

test.for(cases)('$what makes the $role print one clear line, and exit with 1', async (place) => {
  const { role, SERVER_HOST, sentence } = place;
  const client = clients.find(({ name }) => name === role) as Host;
  const { exitCode, events } = await converse(client, { SERVER_HOST, TIMEOUT_MS: 5000 });

  expect(exitCode).toBe(1);
  const failures = events.filter(({ event }) => event === 'failed');
  expect(failures.map(({ msg }) => msg)).toEqual([sentence]);
});
