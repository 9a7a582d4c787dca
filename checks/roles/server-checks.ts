/** What is asked of every server, whichever protocol it speaks. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ListeningSocket } from '../../lab/index.ts';
import type { Check, Finding, Hints } from '../check.ts';
import { exitWords } from '../program/exit-words.ts';
import type { Instance } from '../program/instance.ts';
import { silenceHint } from '../program/silence.ts';
import { listeningFinding } from './listening.ts';
import type { Context } from './role.ts';
import { stopFinding, stopHints } from './stopping.ts';

/** Where each server listens: a fixture has a host of its own. */
export const PORT = 50_000;
const EVERY_IPV6 = '::';
const LISTENS_MS = 10_000;
/** Twice that of P4, so that nobody is failed by a machine that is a little slow. */
const STOP_MS = 10_000;
/** Longer than timeouts usually are, which is 5 s or 10 s, and shorter than anybody wants to wait for a verdict. */
const SILENCE_MS = 11_000;
const ASK_EVERY_MS = 100;

/** What the checks of servers act on. */
export interface ServerFixture {
  /** The program, which has been started. */
  readonly program: Instance;
  /** How long it may take. */
  readonly deadlines: {
    /** Until it listens, in milliseconds. */
    readonly listensMs: number;
    /** To end after SIGTERM, in milliseconds. */
    readonly stopMs: number;
  };
  /** Its sockets, once one waits at the port, or when the time for that is up. */
  listening(): Promise<ListeningSocket[]>;
}

/** How long a program may take to listen and to end. */
export function serverDeadlines(deadline: Context['deadline']): ServerFixture['deadlines'] {
  return { listensMs: deadline(LISTENS_MS), stopMs: deadline(STOP_MS) };
}

/** Starts the program. Without IPv6, which is a bonus (V3), it may end. */
export function startServer({ env, start }: Context): Promise<Instance> {
  return start({ mayEnd: env['HOST'] === EVERY_IPV6 });
}

/** It listens where another host can reach it. */
export function reachable(protocol: 'tcp' | 'udp'): Check<ServerFixture> {
  return {
    id: 'reachable',
    statement: 'V2',
    layer: 'listens',
    title: 'can be reached from another host',
    why: 'A server that only its own host can reach serves nobody.',
    hints: {
      'program-ended':
        'an error has ended it before it listened, and its last lines of output say which. It may need an argument, and gets none; a command that it calls may not be there; or its socket is not of the family of HOST, which is an IPv4 address. With exit code 0, it does not wait for clients.',
      'not-listening':
        'the program is still at work before it calls bind, or waits for input that never comes. In Node.js, listen and bind take the port first, and then the address.',
      'loopback-only':
        'it binds to 127.0.0.1 or "localhost", where only its own host can reach it. Bind to HOST, which is 0.0.0.0 here.',
      'other-port': 'the port is written into the program. It is in the variable PORT.',
      'swapped-port':
        'the two bytes of the port are in the order of this machine, and not in that of the network: htons was forgotten.',
      'ipv6-only': 'the socket is for IPv6 alone. Bind to HOST, which is 0.0.0.0 here.',
      'other-protocol':
        'the socket is SOCK_DGRAM where SOCK_STREAM is needed, or the other way round.',
    },
    run: async ({ listening, deadlines: { listensMs } }) =>
      listeningFinding(await listening(), { protocol, port: PORT, waitedMs: listensMs }),
  };
}

/** It ends when it gets SIGTERM. */
export const endsOnSigterm: Check<ServerFixture> = {
  id: 'sigterm',
  statement: 'P4',
  layer: 'stops',
  title: 'ends when it is asked to',
  why: 'Whoever stops it waits for it, and kills it in the end, with all that it has not finished.',
  hints: stopHints,
  run: ({ program, deadlines }) => stopFinding(program.host, deadlines.stopMs),
};

/** What is done before the silence, and after it. */
interface Visits<Fixture> {
  first(fixture: Fixture): Promise<unknown>;
  again(fixture: Fixture, when: string): Promise<Finding | undefined>;
}

export function servesAfterSilence<Fixture extends ServerFixture>(
  statement: string,
  hints: Hints,
  { first, again }: Visits<Fixture>,
): Check<Fixture> {
  return {
    id: 'silence',
    statement,
    layer: 'is-robust',
    title: 'still serves when nobody has come for a while',
    why: 'Nobody may come for hours, and the next client needs the server all the same.',
    hasOwnFixture: true,
    hints: { ...hints, 'program-ended': silenceHint },
    run: async (fixture) => {
      await fixture.listening();
      await first(fixture);
      await fixture.program.ended({ timeoutMs: SILENCE_MS });
      const finding = await again(fixture, `after ${SILENCE_MS / 1000} s of silence`);
      const isGone = finding?.bytes === undefined || finding.bytes.received.length === 0;
      return finding && isGone ? { ...finding, code: 'gone-after-silence' } : finding;
    },
  };
}

/** @param isServed asks the server for something over one family of addresses */
export function servesIpv6<Fixture extends ServerFixture>(
  isServed: (fixture: Fixture, over: 'ipv4' | 'ipv6') => Promise<boolean>,
): Check<Fixture> {
  return {
    id: 'ipv6',
    statement: 'V3',
    layer: 'is-robust',
    title: 'serves clients over IPv6, too',
    why: 'More and more networks have nothing else.',
    env: { HOST: EVERY_IPV6 },
    hints: {
      'not-over-ipv6':
        'the family of the socket is written into the program as AF_INET. Let getaddrinfo choose it by HOST.',
      'not-over-ipv4':
        'IPV6_V6ONLY is on, so that a socket at :: takes IPv6 alone: turn it off before bind. In Python create_server and asyncio turn it on: give create_server dualstack_ipv6=True, or asyncio a socket of your own. In Node.js leave ipv6Only out.',
    },
    run: async (fixture) => {
      const { program, deadlines } = fixture;
      const until = performance.now() + deadlines.listensMs;
      let isOverIpv6 = false;
      while (!(await program.ended({ timeoutMs: 0 })) && performance.now() < until) {
        // In a lab without IPv6 there is nothing to be seen.
        if (program.host.ipv6 === undefined) return undefined;
        isOverIpv6 = await isServed(fixture, 'ipv6');
        if (isOverIpv6 && (await isServed(fixture, 'ipv4'))) return undefined;
        await sleep(ASK_EVERY_MS);
      }
      const [code, family] = isOverIpv6 ? ['not-over-ipv4', 'IPv4'] : ['not-over-ipv6', 'IPv6'];
      const did = `started the program with HOST=::, and spoke to it over ${family}`;
      const { isUp, exitCode } = program.host;
      const found = isUp ? 'no answer' : `the program has ended, with ${exitWords(exitCode)}`;
      return { code, isAdvice: true, did, found };
    },
  };
}
