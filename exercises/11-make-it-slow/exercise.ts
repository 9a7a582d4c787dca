import { join } from 'node:path';
import type { Role } from '../../checks/roles/role.ts';
import type { Fixture } from '../../checks/roles/tcp-server/fixture.ts';
import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import type { Step } from '../../lab/index.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture, type Stage } from '../look/stage.ts';
import { slowReader } from './slow-reader.ts';

const DELAY_MS = 200;
const RATE_KBIT = 200;
const BYTES = 50_000;
const GREETING = 'Hello, client! '.repeat(BYTES).slice(0, BYTES);
const TIMES = 200;
/** Only what hangs takes so many. */
const TRIES = 600;
/** In so many in a row it must be found waiting. */
const LOOKS = 10;
const LOOK_EVERY_MS = 100;

const client = lecture('tcp-client.py');
const solution = join(import.meta.dirname, 'solution/python');

const between = { from: 'server', to: 'client' };
const startServer = (stage: Stage, TIMES = '1') =>
  stage.startServer('server', solution, { env: { GREETING, TIMES } });

/** Each packet takes a while, in both directions; nothing limits how many. */
const withDelay: Scene = {
  async play(stage) {
    await startServer(stage);
    const delay = { ...between, kind: 'delay', delayMs: DELAY_MS, bothWays: true } as const;
    await stage.runClient('client', client, { prepare: () => stage.lab.impair(delay) });
  },
};

/** Packets to the client take turns; those to the server do not. */
const withRate: Scene = {
  async play(stage) {
    await startServer(stage);
    const rate = { ...between, kind: 'rate', rateKbit: RATE_KBIT } as const;
    await stage.runClient('client', client, { prepare: () => stage.lab.impair(rate) });
  },
};

/** A client that does not read; seen until the server waits in send. */
const unread: Scene = {
  async play(stage) {
    const server = await startServer(stage, String(TIMES));
    const reader = join(import.meta.dirname, 'does-not-read.py');
    await stage.start('client', reader, { env: { SERVER_HOST: 'server' } });
    const waits = () => server.calls.findLast(({ call }) => call === 'sendto')?.stage === 'waiting';
    // It may also wait for a moment, until an acknowledgement comes.
    for (let tries = 0, looks = 0; tries < TRIES && looks < LOOKS; tries += 1) {
      await server.ended({ timeoutMs: LOOK_EVERY_MS });
      looks = waits() ? looks + 1 : 0;
    }
  },
};

/** How long one step began before another ended, in milliseconds. */
const ms = (from: Step | undefined, to: Step | undefined) =>
  Number(BigInt(to?.endNs ?? 0) - BigInt(from?.atNs ?? 0)) / 1e6;

const role: Role<Fixture> = { ...tcpServer, checks: [...tcpServer.checks, slowReader] };

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'Make it slow: delay, rate and what buffers do',
  minutes: 45,
  role,
  checks: ['reachable', 'greeting', 'fin', 'second-client', 'long-greeting', 'slow-reader'],
  startersFail: { check: 'slow-reader', code: 'delayed' },
  questions: [
    {
      text: 'Each packet takes 200 ms to the other host, in both directions. How long after the beginning of connect does the client have the first byte of the greeting, at the earliest?',
      choices: { a: '200 ms', b: '400 ms', c: '800 ms' },
      answer: 'c',
      explanation:
        'SYN, SYN-ACK, ACK and the greeting cross one after the other, as each of them is sent only when the one before it has come. A program that asks less often is faster on such a path; one that sends faster is not.',
      scene: withDelay,
      shows: (step) => step.kind === 'call' || (step.kind === 'packet' && step.range === undefined),
      read: (seen) => {
        const [first] = seen.packets('server').filter(({ range }) => range);
        const [connect] = seen.calls('client', 'connect');
        const took = ms(connect, first);
        return took >= 4 * DELAY_MS ? 'c' : took >= 2 * DELAY_MS ? 'b' : 'a';
      },
    },
    {
      text: 'On the same path nothing limits the rate. The greeting has 50,000 bytes. How long after its first byte has left does the last one arrive?',
      choices: {
        a: '200 ms: all packets leave together',
        b: '600 ms or more: a part leaves, and more of it when the first acknowledgement has come',
        c: '7 s: each packet waits for the acknowledgement of the one before it',
      },
      answer: 'b',
      explanation:
        'TCP begins with about 10 packets, and sends more as acknowledgements come, one round trip later: twice as many each time. So on a long path a short stream is slow because of the round trips, however high the rate is.',
      scene: withDelay,
      read: (seen) => {
        const data = seen.packets('server').filter(({ range }) => range);
        const took = ms(data[0], data.at(-1));
        return took >= 7000 ? 'c' : took >= 3 * DELAY_MS ? 'b' : 'a';
      },
    },
    {
      text: 'Now there is no delay, but the path to the client carries 200 kbit/s: the greeting of 50,000 bytes takes 2 s. When does send return?',
      choices: {
        a: 'when the client has acknowledged the last byte',
        b: "when the last byte has left the server's host",
        c: 'when the kernel has taken all bytes, of which few have arrived',
      },
      answer: 'c',
      explanation:
        'send copies the bytes into a buffer of the kernel, which sends them when it may. That send has returned says nothing about the client: only an answer of the client does.',
      scene: withRate,
      read: (seen) => {
        const [send] = seen.calls('server', 'sendto');
        const data = seen.packets('server').filter(({ range }) => range);
        const returnedNs = BigInt(send?.endNs ?? 0);
        const arrived = data.filter(({ endNs }) => endNs && BigInt(endNs) < returnedNs);
        const left = data.filter(({ atNs }) => BigInt(atNs) < returnedNs);
        if (arrived.length < data.length / 2) return 'c';
        return arrived.length < data.length && left.length === data.length ? 'b' : 'a';
      },
    },
    {
      text: 'Nothing is slow now, but the client never calls recv. The server sends the greeting of 50,000 bytes 200 times. What happens?',
      choices: {
        a: "all 10 MB cross the network, and wait in the client's kernel",
        b: 'the first part crosses, and then send waits, for as long as the client does not read',
        c: "what the client's kernel has no room for is lost, and sent again and again",
      },
      answer: 'b',
      explanation:
        "Each acknowledgement says for how many bytes the receiver has room: its window. When that is 0 the server's kernel keeps what it has, and when its own buffer is full, too, send waits. A program with one thread then waits with it.",
      scene: unread,
      shows: ({ kind }) => kind === 'call',
      read: (seen) => {
        const [conversation] = seen.conversations;
        if (conversation === undefined) return undefined;
        if (conversation.bytes.toClient >= BYTES * TIMES) return 'a';
        return conversation.lost > 0 ? 'c' : 'b';
      },
    },
  ],
};
