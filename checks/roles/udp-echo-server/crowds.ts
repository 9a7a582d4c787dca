/** Many datagrams at once, of one client or of several. */
import type { Check, Finding } from '../../check.ts';
import type { UdpReply } from '../../peers/in-peer/udp-clients.ts';
import { echoOf } from '../echo.ts';
import { bytesOf } from './findings.ts';
import type { Fixture } from './fixture.ts';

const CLIENTS = 20;
const EACH = 3;
const BURST = 100;

export const crowdChecks: readonly Check<Fixture>[] = [
  {
    id: 'many-clients',
    statement: 'E4',
    layer: 'is-robust',
    title: `serves ${CLIENTS} clients at once, each with its own`,
    why: 'One socket serves all clients, and only the address tells them apart.',
    hints: {
      'mixed-up':
        'the latest datagram, or the address of its client, is kept in a variable that all share, and the next one replaces it before the reply is sent. Let each reply have its own bytes, and go to the address that recvfrom returned with them.',
      'echoes-missing':
        'the server replies to the latest client in place of each, or takes so long for each datagram that others wait, or gives up after an error that concerns one client.',
    },
    run: (fixture) =>
      crowdFinding(fixture, {
        clients: CLIENTS,
        each: EACH,
        did: `sent ${EACH} datagrams from each of ${CLIENTS} clients, in turn`,
      }),
  },
  {
    id: 'burst',
    statement: 'E5',
    layer: 'is-robust',
    title: `answers each of ${BURST} datagrams that come at once`,
    why: 'What a kernel has queued is there to be read; a slow answer is better than none.',
    hints: {
      'echoes-missing':
        'the work on each datagram takes so long that others are never read, or some are thrown away; or threads share one buffer, and the next datagram replaces one that has not been answered.',
    },
    run: (fixture) =>
      crowdFinding(fixture, { clients: 1, each: BURST, did: `sent ${BURST} datagrams at once` }),
  },
];

interface Crowd {
  readonly clients: number;
  /** How many datagrams each of them sends. */
  readonly each: number;
  readonly did: string;
}

async function crowdFinding(
  fixture: Fixture,
  { clients, each, did }: Crowd,
): Promise<Finding | undefined> {
  const sent = Array.from({ length: clients }, (_, client) =>
    Array.from({ length: each }, (_, n) => Buffer.from(`${fixture.message} ${client} ${n}`)),
  );
  const replies = await fixture.send(...sent);
  const expected = sent.map((datagrams) => datagrams.map((one) => echoOf(one).toString()));
  const received = replies.map((all: readonly UdpReply[]) => all.map((one) => `${bytesOf(one)}`));
  const strayed = received.flatMap((all, n) => all.filter((one) => !expected[n]?.includes(one)));
  if (strayed.length > 0)
    return { code: 'mixed-up', did, found: `a client got ${JSON.stringify(strayed[0])}` };
  const missing = expected.flatMap((all, n) => all.filter((one) => !received[n]?.includes(one)));
  if (missing.length === 0) return undefined;
  const dropped = await fixture.newlyDropped();
  if (missing.length <= dropped) return undefined;
  const found = `no echo of ${missing.length} of them; the kernel has dropped ${dropped}`;
  const waited = { for: 'the echoes', ms: fixture.replyMs };
  return { code: 'echoes-missing', did, found, waited };
}
