import { expect, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { startService } from './support/services.ts';

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
const cases = (['tcp-client', 'udp-client'] as const).flatMap((role) =>
  nowhere.map((place) => ({ role, ...place })),
);

test.for(cases)('$what is one clear line of the $role, and exit code 1', async (place) => {
  const { role, SERVER_HOST, sentence } = place;
  await using lab = await Lab.start();
  const client = await startService(lab, role, { SERVER_HOST, TIMEOUT_MS: 5000 });

  expect(await client.exitCode()).toBe(1);
  expect(client.log.events('failed').map(({ msg }) => msg)).toEqual([sentence]);
});
