/** The UDP echo server: answers each datagram with `Echo: ` and what was in it. */
import type { Check, Hints } from '../../check.ts';
import { echoOf } from '../echo.ts';
import type { Role } from '../role.ts';
import {
  endsOnSigterm,
  PORT,
  reachable,
  servesAfterSilence,
  servesIpv6,
} from '../server-checks.ts';
import { crowdChecks } from './crowds.ts';
import { bytesOf, echoFinding, echoHints, replyFinding } from './findings.ts';
import { type Fixture, fixture } from './fixture.ts';
import { veryLong } from './very-long.ts';

/** E2. */
const EXACT = 1024;

const noBytes =
  'a datagram of no bytes is taken for none, or for the end: in many languages an empty string counts as false.';

const oneLine =
  'only its first line is read, as readline does, or line ends are changed or stripped. A datagram is read whole.';

const decoded =
  'the datagram is decoded as text, and encoded again, which changes bytes that are no text. Put the bytes themselves behind the prefix.';

/** Datagrams that text-minded programs trip over. */
const odd: readonly (readonly [id: string, what: string, bytes: Buffer, hints?: Hints])[] = [
  ['empty', 'an empty datagram', Buffer.alloc(0), { 'no-echo': noBytes }],
  ['nul', 'a datagram with zero bytes', Buffer.from([0x61, 0, 0, 0x62, 0])],
  [
    'line-ends',
    'a datagram of two lines',
    Buffer.from('one\r\ntwo\n'),
    { 'part-missing': oneLine, 'other-echo': oneLine },
  ],
  [
    'not-utf8',
    'a datagram that is no UTF-8',
    Buffer.from([0xff, 0xc0, 0x80, 0xfe]),
    { 'other-echo': decoded },
  ],
  ['longest', `a datagram of ${EXACT} bytes`, Buffer.alloc(EXACT, '0123456789')],
];

const oneClient =
  'it serves one client, and then ends or hears no other: recvfrom belongs in a loop, and a socket that is connected to one client hears no other.';

export const udpEchoServer: Role<Fixture> = {
  name: 'udp-echo-server',
  env: () => ({ HOST: '0.0.0.0', PORT: String(PORT) }),
  fixture,
  checks: [
    reachable('udp'),
    {
      id: 'echo',
      statement: 'E1',
      layer: 'speaks',
      title: 'answers a datagram with "Echo: " and its bytes',
      why: 'A client knows its own reply by nothing else.',
      hints: echoHints,
      run: async (fixture) => {
        const datagram = Buffer.from(fixture.message);
        const did = `sent a datagram of ${datagram.length} letters`;
        return replyFinding(fixture, { datagram, replies: await fixture.first(), did });
      },
    },
    {
      id: 'sender',
      statement: 'E3',
      layer: 'speaks',
      title: 'answers from the address and port that were asked',
      why: 'A connected socket, and each firewall, drops a reply that comes from elsewhere.',
      hints: {
        'other-sender':
          'the reply is sent from another socket than the one that received. Use that one.',
      },
      run: async ({ first, program: { host } }) => {
        const [reply] = await first();
        if (reply === undefined || (reply.address === host.ipv4 && reply.port === PORT))
          return undefined;
        const did = `sent a datagram to ${host.ipv4}:${PORT}`;
        return { code: 'other-sender', did, found: `a reply from ${reply.address}:${reply.port}` };
      },
    },
    {
      id: 'second-client',
      statement: 'E4',
      layer: 'is-correct',
      title: 'serves a second client after the first',
      why: 'A server that has to be started again for each client is no server.',
      hints: { ...echoHints, 'no-second-client': oneClient, 'program-ended': oneClient },
      run: async (fixture) => {
        const what = 'a datagram from another client, after the first one';
        const finding = await echoFinding(fixture, Buffer.from(`${fixture.message}2`), what);
        return finding?.code === 'no-echo' ? { ...finding, code: 'no-second-client' } : finding;
      },
    },
    ...odd.map(
      ([id, what, bytes, hints]): Check<Fixture> => ({
        id,
        statement: 'E1',
        layer: 'is-correct',
        title: `echoes ${what}`,
        why: 'A datagram is bytes, not text, and may have none.',
        hints: { ...echoHints, ...hints },
        run: (fixture) => echoFinding(fixture, bytes, what),
      }),
    ),
    veryLong(EXACT),
    ...crowdChecks,
    {
      id: 'loop-guard',
      statement: 'E6',
      layer: 'is-robust',
      title: 'does not answer an echo of an echo of an echo',
      why: 'One forged datagram makes two echo servers answer each other for ever (CVE-2024-2169).',
      hints: {
        'answers-echoes':
          'the beginning of a datagram is not checked. Ignore what begins with "Echo: Echo: Echo: ".',
      },
      run: async ({ message, sendBriefly }) => {
        const looping = echoOf(echoOf(echoOf(Buffer.from(message))));
        const [reply] = await sendBriefly(looping, 'ipv4');
        if (reply === undefined) return undefined;
        const did = 'sent a datagram that begins with "Echo: Echo: Echo: "';
        const found = `a reply of ${bytesOf(reply).length} bytes`;
        return { code: 'answers-echoes', isAdvice: true, did, found };
      },
    },
    {
      id: 'still-there',
      statement: 'E4',
      layer: 'is-robust',
      title: 'still serves after all of these datagrams',
      why: 'A server runs for months, and meets each of them now and then.',
      hints: echoHints,
      run: (fixture) =>
        echoFinding(
          fixture,
          Buffer.from(fixture.message),
          'one more datagram, after all the others',
        ),
    },
    servesAfterSilence('E4', echoHints, {
      first: ({ first }) => first(),
      again: (fixture, when) =>
        echoFinding(fixture, Buffer.from(fixture.message), `one more datagram, ${when}`),
    }),
    servesIpv6(async ({ message, sendBriefly }, family) => {
      const [reply] = await sendBriefly(Buffer.from(message), family);
      return reply !== undefined && bytesOf(reply).equals(echoOf(Buffer.from(message)));
    }),
    endsOnSigterm,
  ],
};
