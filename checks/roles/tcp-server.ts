/** The TCP server: greets every client, and closes. */
import type { ListeningSocket } from '../../lab/index.ts';
import type { Check, Finding } from '../check.ts';
import type { TcpVisit, TcpVisited } from '../peers/in-peer/tcp-clients.ts';
import { differenceOf } from './difference.ts';
import { randomText } from './random-text.ts';
import type { Role } from './role.ts';
import { endsOnSigterm, reachable, type ServerFixture } from './server-checks.ts';

const PORT = 50_000;
const LISTENS_MS = 10_000;
/** Twice that of T2 and T5, so that nobody is failed by a machine that is a little slow. */
const FIN_MS = 10_000;
/** P4. */
const STOP_MS = 5000;
const AT_ONCE = 50;

/** In milliseconds. */
interface Deadlines {
  readonly listensMs: number;
  readonly finMs: number;
  readonly stopMs: number;
}

interface Fixture extends ServerFixture {
  readonly greeting: Buffer;
  readonly deadlines: Deadlines;
  /** The first visit, whichever check makes it: some servers have no second one. */
  first(): Promise<TcpVisited | undefined>;
  /** All at once. */
  visit(...visits: readonly TcpVisit[]): Promise<TcpVisited[]>;
}

const greetingHints = {
  refused: 'the listening socket was closed, or its queue of connections is full and refused.',
  reset:
    'the connection is closed while something that the client has sent is still unread, or the program has ended in the middle.',
  'nothing-received':
    'the server waits for the client to send something first, or for another client to end.',
  'other-bytes':
    'the text is written into the program, where it should be that of the variable GREETING; or it is encoded in another way.',
  'part-missing':
    'send may take a part of what it is given, and says how much: call it until all is sent, or use sendall.',
  'more-bytes': 'a newline or a zero byte is sent behind it: print, println and C strings add one.',
};
const endHints = {
  'no-fin':
    'the connection is never closed: call close, in the place where the client has been served.',
  reset: greetingHints.reset,
};
const oneClient =
  'it serves one client, and then ends or knows no other: accept belongs in a loop.';

export const tcpServer: Role<Fixture> = {
  name: 'tcp-server',
  env: (random) => ({
    HOST: '0.0.0.0',
    PORT: String(PORT),
    GREETING: `Hello from ${randomText(random, 12)}!`,
  }),
  fixture: async ({ lab, peer, env, deadline, start }) => {
    const deadlines = {
      listensMs: deadline(LISTENS_MS),
      finMs: deadline(FIN_MS),
      stopMs: deadline(STOP_MS),
    };
    const program = await start();
    const { host } = program;
    const visit: Fixture['visit'] = async (...visits) => {
      // Its addresses go with it, and nobody would answer for long.
      if (!(await host.refresh()).isUp) return visits.map(() => ({ received: '', end: 'refused' }));
      const { ipv4: address = '' } = host;
      return peer.ask('tcpVisits', { address, port: PORT, visits, timeoutMs: deadlines.finMs });
    };
    let sockets: Promise<ListeningSocket[]> | undefined;
    const listening = () => {
      const wanted = { protocol: 'tcp', port: PORT, timeoutMs: deadlines.listensMs } as const;
      sockets ??= lab.listeningSockets(host.name, wanted);
      return sockets;
    };
    let first: Promise<TcpVisited[]> | undefined;
    return {
      program,
      greeting: Buffer.from(env['GREETING'] ?? ''),
      deadlines,
      listening,
      first: async () => {
        first ??= listening().then(() => visit({}));
        return (await first)[0];
      },
      visit,
    };
  },
  checks: [
    reachable('tcp', PORT),
    {
      id: 'greeting',
      statement: 'T1',
      layer: 'speaks',
      title: 'sends the greeting, byte for byte, and nothing else',
      why: 'The greeting ends where the stream ends, so that each byte more or less is another greeting.',
      hints: greetingHints,
      run: async (fixture) =>
        greetingFinding(fixture, await fixture.first(), 'connected, and sent nothing'),
    },
    {
      id: 'fin',
      statement: 'T2',
      layer: 'speaks',
      title: 'closes the connection behind the greeting',
      why: 'Until FIN comes the client cannot know that the greeting is whole.',
      hints: endHints,
      run: async (fixture) =>
        endFinding(fixture, await fixture.first(), 'connected, and read to the end'),
    },
    {
      id: 'second-client',
      statement: 'T4',
      layer: 'is-correct',
      title: 'serves one client after the other',
      why: 'A server that has to be started again for each client is no server.',
      hints: {
        'no-second-client': oneClient,
        'program-ended': oneClient,
      },
      run: async (fixture) => {
        await fixture.first();
        const [second] = await fixture.visit({});
        const finding = greetingFinding(
          fixture,
          second,
          'connected once more, after a first client',
        );
        return finding && { ...finding, code: 'no-second-client' };
      },
    },
    {
      id: 'client-that-sends',
      statement: 'T3',
      layer: 'is-correct',
      title: 'greets a client that sends something first',
      why: 'What a client sends may be there before the greeting is, and must not cost the greeting.',
      hints: greetingHints,
      run: async (fixture) => {
        const send = Buffer.from('hello\n').toString('base64');
        const [visited] = await fixture.visit({ send });
        return greetingFinding(fixture, visited, 'connected, and sent 6 bytes');
      },
    },
    {
      id: 'empty-greeting',
      statement: 'T6',
      layer: 'is-correct',
      title: 'sends nothing where the greeting is empty',
      why: 'A variable that is set to nothing is set.',
      env: { GREETING: '' },
      hints: { ...greetingHints, ...endHints },
      run: async (fixture) => {
        const did = 'started the program with an empty GREETING, and connected';
        const visited = await fixture.first();
        return greetingFinding(fixture, visited, did) ?? endFinding(fixture, visited, did);
      },
    },
    {
      id: 'client-that-resets',
      statement: 'T4',
      layer: 'is-robust',
      title: 'survives clients that reset their connection',
      why: 'Clients crash and lose their network all the time; others have to be served all the same.',
      hints: greetingHints,
      run: async (fixture) => {
        await fixture.visit(...Array.from({ length: 10 }, () => ({ manner: 'resets' as const })));
        const [next] = await fixture.visit({});
        return greetingFinding(fixture, next, 'reset ten connections, and connected once more');
      },
    },
    {
      id: 'many-at-once',
      statement: 'T5',
      layer: 'is-robust',
      title: `serves ${AT_ONCE} clients at once`,
      why: 'Clients do not wait for each other.',
      hints: greetingHints,
      run: async (fixture) => {
        const all = await fixture.visit(...Array.from({ length: AT_ONCE }, () => ({})));
        const did = `opened ${AT_ONCE} connections at once`;
        return all.map((one) => greetingFinding(fixture, one, did)).find(Boolean);
      },
    },
    endsOnSigterm,
  ] satisfies readonly Check<Fixture>[],
};

function greetingFinding(
  { greeting, deadlines }: Fixture,
  visited: TcpVisited | undefined,
  did: string,
): Finding | undefined {
  const received = Buffer.from(visited?.received ?? '', 'base64');
  const code = differenceOf(greeting, received);
  if (code === undefined) return undefined;
  if (visited?.end === 'refused') return { code: 'refused', did };
  const isCut =
    visited?.end === 'reset' && (code === 'nothing-received' || code === 'part-missing');
  const waited = { for: 'the greeting', ms: deadlines.finMs };
  return {
    code: isCut ? 'reset' : code,
    did,
    ...(visited?.end === 'timeout' && { waited }),
    bytes: { expected: greeting, received },
  };
}

function endFinding(
  { deadlines }: Fixture,
  visited: TcpVisited | undefined,
  did: string,
): Finding | undefined {
  if (visited?.end === 'fin') return undefined;
  if (visited?.end === 'reset') return { code: 'reset', did };
  return { code: 'no-fin', did, waited: { for: 'FIN', ms: deadlines.finMs } };
}
