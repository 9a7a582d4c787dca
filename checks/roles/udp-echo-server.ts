/** The UDP echo server: answers each datagram with `Echo: ` and what was in it. */
import type { Check, Finding } from '../check.ts';
import type { UdpReply } from '../peers/in-peer/udp-clients.ts';
import { differenceOf } from './difference.ts';
import { randomText } from './random-text.ts';
import type { Role } from './role.ts';
import { endsOnSigterm, reachable, type ServerFixture } from './server-checks.ts';

const PORT = 50_000;
const LISTENS_MS = 10_000;
const REPLY_MS = 5000;
const STOP_MS = 5000;
const PREFIX = 'Echo: ';
const LENGTH_MAX = 1024;
const CLIENTS = 20;
const BURST = 100;

interface Fixture extends ServerFixture {
  /** Text that nobody could know before. */
  readonly message: string;
  readonly deadlines: Readonly<Record<'listensMs' | 'replyMs' | 'stopMs', number>>;
  /** The replies to the message of the first client, whichever check asks for them. */
  first(): Promise<UdpReply[]>;
  /** What each client sends, all of it at once. @returns what each got back */
  send(...clients: readonly (readonly Buffer[])[]): Promise<UdpReply[][]>;
}

/** Datagrams that text-minded programs trip over. */
const odd: readonly (readonly [id: string, what: string, bytes: Buffer])[] = [
  ['empty', 'an empty datagram', Buffer.alloc(0)],
  ['nul', 'a datagram with zero bytes', Buffer.from([0x61, 0, 0, 0x62, 0])],
  ['not-utf8', 'a datagram that is no UTF-8', Buffer.from([0xff, 0xc0, 0x80, 0xfe])],
  ['longest', `a datagram of ${LENGTH_MAX} bytes`, Buffer.alloc(LENGTH_MAX, '0123456789')],
];

const echoHints = {
  'no-echo':
    'the server sends its reply to another address or port than the datagram came from, or has not read it at all.',
  'no-prefix': 'the bytes are sent back as they came, without "Echo: " in front.',
  'other-echo':
    'the datagram is treated as text: decoded, stripped, cut at a zero byte, or read into a buffer that is too small.',
  'more-datagrams': 'prefix and bytes are sent in two calls: each call is a datagram of its own.',
};

const oneClient =
  'it serves one client, and then ends or hears no other: recvfrom belongs in a loop, and a socket that is connected to one client hears no other.';

export const udpEchoServer: Role<Fixture> = {
  name: 'udp-echo-server',
  env: () => ({ HOST: '0.0.0.0', PORT: String(PORT) }),
  fixture: async ({ lab, peer, random, deadline, start }) => {
    const deadlines = {
      listensMs: deadline(LISTENS_MS),
      replyMs: deadline(REPLY_MS),
      stopMs: deadline(STOP_MS),
    };
    const message = randomText(random, 16);
    const program = await start();
    const { host } = program;
    const send: Fixture['send'] = (...clients) =>
      peer.ask('udpVisits', {
        address: host.ipv4 ?? '',
        port: PORT,
        clients: clients.map((sent) => sent.map((one) => one.toString('base64'))),
        timeoutMs: deadlines.replyMs,
      });
    let first: Promise<UdpReply[][]> | undefined;
    return {
      program,
      message,
      deadlines,
      listening: () => {
        const wanted = { protocol: 'udp', port: PORT, timeoutMs: deadlines.listensMs } as const;
        return lab.listeningSockets(host.name, wanted);
      },
      first: async () => {
        first ??= send([Buffer.from(message)]);
        return (await first)[0] ?? [];
      },
      send,
    };
  },
  checks: [
    reachable('udp', PORT),
    {
      id: 'echo',
      statement: 'E1',
      layer: 'speaks',
      title: 'answers a datagram with "Echo: " and its bytes',
      why: 'A client knows its own reply by nothing else.',
      hints: echoHints,
      run: async (fixture) => {
        const sent = Buffer.from(fixture.message);
        return replyFinding(fixture, sent, await fixture.first(), 'sent a datagram of 16 letters');
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
      run: async (fixture) => {
        const [reply] = await fixture.first();
        if (
          reply === undefined ||
          (reply.address === fixture.program.host.ipv4 && reply.port === PORT)
        )
          return undefined;
        const did = `sent a datagram to ${fixture.program.host.ipv4}:${PORT}`;
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
      ([id, what, bytes]): Check<Fixture> => ({
        id,
        statement: 'E1',
        layer: 'is-correct',
        title: `echoes ${what}`,
        why: 'A datagram is bytes, not text, and may have none.',
        hints: echoHints,
        run: (fixture) => echoFinding(fixture, bytes, what),
      }),
    ),
    {
      id: 'many-clients',
      statement: 'E4',
      layer: 'is-robust',
      title: `serves ${CLIENTS} clients at once, each with its own`,
      why: 'One socket serves all clients, and only the address tells them apart.',
      hints: echoHints,
      run: async (fixture) => {
        const sent = Array.from({ length: CLIENTS }, (_, n) =>
          Buffer.from(`${fixture.message} ${n}`),
        );
        const replies = await fixture.send(...sent.map((one) => [one]));
        const did = `sent a datagram from each of ${CLIENTS} clients`;
        const findings = sent.map((one, n) => replyFinding(fixture, one, replies[n] ?? [], did));
        return findings.find(Boolean);
      },
    },
    {
      id: 'burst',
      statement: 'E5',
      layer: 'is-robust',
      title: `answers each of ${BURST} datagrams that come at once`,
      why: 'What a kernel has queued is there to be read; a slow answer is better than none.',
      hints: {
        'echoes-missing':
          'the work on each datagram takes so long that the queue of the socket overflows.',
      },
      run: async (fixture) => {
        const sent = Array.from({ length: BURST }, (_, n) =>
          Buffer.from(`${fixture.message} ${n}`),
        );
        const [replies = []] = await fixture.send(sent);
        const texts = new Set(replies.map(({ bytes }) => Buffer.from(bytes, 'base64').toString()));
        const missing = sent.filter((one) => !texts.has(PREFIX + one.toString()));
        if (missing.length === 0) return undefined;
        // What the kernel had no room for, the program has never seen.
        const sockets = await fixture.listening();
        const dropped = Math.max(0, ...sockets.map((one) => one.dropped));
        if (missing.length <= dropped) return undefined;
        const did = `sent ${BURST} datagrams at once`;
        const found = `no echo of ${missing.length} of them`;
        return { code: 'echoes-missing', did, found, waited: waited(fixture) };
      },
    },
    endsOnSigterm,
  ],
};

const waited = ({ deadlines }: Fixture) => ({ for: 'the echo', ms: deadlines.replyMs });

async function echoFinding(
  fixture: Fixture,
  datagram: Buffer,
  what: string,
): Promise<Finding | undefined> {
  const [replies = []] = await fixture.send([datagram]);
  return replyFinding(fixture, datagram, replies, `sent ${what}`);
}

/** Whether one datagram was answered with its echo, and with nothing else. */
function replyFinding(
  fixture: Fixture,
  datagram: Buffer,
  replies: readonly UdpReply[],
  did: string,
): Finding | undefined {
  const expected = Buffer.concat([Buffer.from(PREFIX), datagram]);
  const [first, ...others] = replies.map(({ bytes }) => Buffer.from(bytes, 'base64'));
  if (first === undefined) {
    const bytes = { expected, received: Buffer.alloc(0) };
    return { code: 'no-echo', did, waited: waited(fixture), bytes };
  }
  if (others.length > 0)
    return { code: 'more-datagrams', did, found: `${replies.length} datagrams in reply` };
  if (differenceOf(expected, first) === undefined) return undefined;
  return { code: codeOf(datagram, first), did, bytes: { expected, received: first } };
}

function codeOf(datagram: Buffer, received: Buffer): string {
  if (received.equals(datagram)) return 'no-prefix';
  return 'other-echo';
}
