/** The UDP echo server: answers each datagram with `Echo: ` and what was in it. */
import type { Check, Finding, FindingCode } from '../check.ts';
import type { Reply } from '../peers/udp-visitor.ts';
import { differenceOf } from './difference.ts';
import { randomText } from './random-text.ts';
import type { Cast, Role } from './role.ts';
import { endsOnSigterm, reachable, type ServerStage } from './server-checks.ts';

/** Where the program of the grader's own clients is, in its host. */
export const UDP_VISITOR = '/peers/udp-visitor.mts';
const PORT = 50_000;
const LISTENS_MS = 10_000;
const REPLY_MS = 5000;
const STOP_MS = 5000;
const PREFIX = 'Echo: ';
const LENGTH_MAX = 1024;
const CLIENTS = 20;
const BURST = 100;

interface Stage extends ServerStage {
  /** Text that nobody could know before. */
  readonly message: string;
  readonly deadlines: Readonly<Record<'listensMs' | 'replyMs' | 'stopMs', number>>;
  /** The replies to the message of the first client, whichever check asks for them. */
  first(): Promise<Reply[]>;
  /** What each client sends, all of it at once. @returns what each got back */
  send(...clients: readonly (readonly Buffer[])[]): Promise<Reply[][]>;
}

/** Datagrams that text-minded programs trip over. */
const odd: readonly (readonly [id: string, what: string, bytes: Buffer])[] = [
  ['empty', 'an empty datagram', Buffer.alloc(0)],
  ['nul', 'a datagram with zero bytes', Buffer.from([0x61, 0, 0, 0x62, 0])],
  ['not-utf8', 'a datagram that is no UTF-8', Buffer.from([0xff, 0xc0, 0x80, 0xfe])],
  ['longest', `a datagram of ${LENGTH_MAX} bytes`, Buffer.alloc(LENGTH_MAX, '0123456789')],
];

export const udpEchoServer: Role<Stage> = {
  name: 'udp-echo-server',
  settings: () => ({ HOST: '0.0.0.0', PORT: String(PORT) }),
  stage: ({ lab, program, peer }: Cast, { patience, random }) => {
    const deadlines = {
      listensMs: Math.ceil(LISTENS_MS * patience),
      replyMs: Math.ceil(REPLY_MS * patience),
      stopMs: Math.ceil(STOP_MS * patience),
    };
    const message = randomText(random, 16);
    const send: Stage['send'] = async (...clients) => {
      const input = JSON.stringify({
        address: program.ipv4,
        port: PORT,
        clients: clients.map((sent) => sent.map((one) => one.toString('base64'))),
        timeoutMs: deadlines.replyMs,
      });
      const { stdout } = await peer.exec(['node', UDP_VISITOR, input]);
      return JSON.parse(stdout.toString());
    };
    let first: Promise<Reply[][]> | undefined;
    return {
      program,
      message,
      deadlines,
      listening: () => {
        const wanted = { protocol: 'udp', port: PORT, timeoutMs: deadlines.listensMs } as const;
        return lab.listeningSockets(program.name, wanted);
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
      run: async (stage) => {
        const sent = Buffer.from(stage.message);
        return replyFinding(stage, sent, await stage.first(), 'sent a datagram of 16 letters');
      },
    },
    {
      id: 'sender',
      statement: 'E3',
      layer: 'speaks',
      title: 'answers from the address and port that were asked',
      why: 'A connected socket, and each firewall, drops a reply that comes from elsewhere.',
      run: async (stage) => {
        const [reply] = await stage.first();
        if (reply === undefined || (reply.address === stage.program.ipv4 && reply.port === PORT))
          return undefined;
        const did = `sent a datagram to ${stage.program.ipv4}:${PORT}`;
        return { code: 'other-sender', did, found: `a reply from ${reply.address}:${reply.port}` };
      },
    },
    {
      id: 'second-client',
      statement: 'E4',
      layer: 'is-correct',
      title: 'serves a second client after the first',
      why: 'A server that has to be started again for each client is no server.',
      run: async (stage) => {
        const what = 'a datagram from another client, after the first one';
        const finding = await echoFinding(stage, Buffer.from(`${stage.message}2`), what);
        return finding?.code === 'no-echo' ? { ...finding, code: 'no-second-client' } : finding;
      },
    },
    ...odd.map(
      ([id, what, bytes]): Check<Stage> => ({
        id,
        statement: 'E1',
        layer: 'is-correct',
        title: `echoes ${what}`,
        why: 'A datagram is bytes, not text, and may have none.',
        run: (stage) => echoFinding(stage, bytes, what),
      }),
    ),
    {
      id: 'many-clients',
      statement: 'E4',
      layer: 'is-robust',
      title: `serves ${CLIENTS} clients at once, each with its own`,
      why: 'One socket serves all clients, and only the address tells them apart.',
      run: async (stage) => {
        const sent = Array.from({ length: CLIENTS }, (_, n) =>
          Buffer.from(`${stage.message} ${n}`),
        );
        const replies = await stage.send(...sent.map((one) => [one]));
        const did = `sent a datagram from each of ${CLIENTS} clients`;
        const findings = sent.map((one, n) => replyFinding(stage, one, replies[n] ?? [], did));
        return findings.find(Boolean);
      },
    },
    {
      id: 'burst',
      statement: 'E5',
      layer: 'is-robust',
      title: `answers each of ${BURST} datagrams that come at once`,
      why: 'What a kernel has queued is there to be read; a slow answer is better than none.',
      run: async (stage) => {
        const sent = Array.from({ length: BURST }, (_, n) => Buffer.from(`${stage.message} ${n}`));
        const [replies = []] = await stage.send(sent);
        const texts = new Set(replies.map(({ bytes }) => Buffer.from(bytes, 'base64').toString()));
        const missing = sent.filter((one) => !texts.has(PREFIX + one.toString()));
        if (missing.length === 0) return undefined;
        // What the kernel had no room for, the program has never seen.
        const sockets = await stage.listening();
        const dropped = Math.max(0, ...sockets.map((one) => one.dropped));
        if (missing.length <= dropped) return undefined;
        const did = `sent ${BURST} datagrams at once`;
        const found = `no echo of ${missing.length} of them`;
        return { code: 'echoes-missing', did, found, waited: waited(stage) };
      },
    },
    endsOnSigterm,
  ],
};

const waited = ({ deadlines }: Stage) => ({ for: 'the echo', ms: deadlines.replyMs });

async function echoFinding(
  stage: Stage,
  datagram: Buffer,
  what: string,
): Promise<Finding | undefined> {
  const [replies = []] = await stage.send([datagram]);
  return replyFinding(stage, datagram, replies, `sent ${what}`);
}

/** Whether one datagram was answered with its echo, and with nothing else. */
function replyFinding(
  stage: Stage,
  datagram: Buffer,
  replies: readonly Reply[],
  did: string,
): Finding | undefined {
  const expected = Buffer.concat([Buffer.from(PREFIX), datagram]);
  const [first, ...others] = replies.map(({ bytes }) => Buffer.from(bytes, 'base64'));
  if (first === undefined) {
    const bytes = { expected, received: Buffer.alloc(0) };
    return { code: 'no-echo', did, waited: waited(stage), bytes };
  }
  if (others.length > 0)
    return { code: 'more-datagrams', did, found: `${replies.length} datagrams in reply` };
  if (differenceOf(expected, first) === undefined) return undefined;
  return { code: codeOf(datagram, first), did, bytes: { expected, received: first } };
}

function codeOf(datagram: Buffer, received: Buffer): FindingCode {
  if (received.equals(datagram)) return 'no-prefix';
  return 'other-echo';
}
