/** The TCP server: greets every client, and closes. */
import type { ListeningSocket } from '../../lab/index.ts';
import type { Check, Finding } from '../check.ts';
import type { Visit, Visited } from '../peers/tcp-visitor.ts';
import { differenceOf } from './difference.ts';
import { randomText } from './random-text.ts';
import type { Cast, Role } from './role.ts';
import { endsOnSigterm, reachable, type ServerStage } from './server-checks.ts';

/** Where the program of the grader's own clients is, in its host. */
export const TCP_VISITOR = '/peers/tcp-visitor.mts';
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

interface Stage extends ServerStage {
  readonly greeting: Buffer;
  readonly deadlines: Deadlines;
  /** The first visit, whichever check makes it: some servers have no second one. */
  first(): Promise<Visited | undefined>;
  /** All at once. */
  visit(...visits: readonly Partial<Visit>[]): Promise<Visited[]>;
}

export const tcpServer: Role<Stage> = {
  name: 'tcp-server',
  settings: (random) => ({
    HOST: '0.0.0.0',
    PORT: String(PORT),
    GREETING: `Hello from ${randomText(random, 12)}!`,
  }),
  stage: ({ lab, program, peer }: Cast, { env, patience }) => {
    const deadlines = {
      listensMs: Math.ceil(LISTENS_MS * patience),
      finMs: Math.ceil(FIN_MS * patience),
      stopMs: Math.ceil(STOP_MS * patience),
    };
    const visit: Stage['visit'] = async (...visits) => {
      // Its addresses go with it, and nobody would answer for long.
      if (!(await program.refresh()).isUp)
        return visits.map(() => ({ received: '', end: 'refused', endedMs: 0 }));
      const all = visits.map((one) => ({ timeoutMs: deadlines.finMs, ...one }));
      const input = JSON.stringify({ address: program.ipv4, port: PORT, visits: all });
      const { stdout } = await peer.exec(['node', TCP_VISITOR, input]);
      return JSON.parse(stdout.toString());
    };
    let sockets: Promise<ListeningSocket[]> | undefined;
    const listening = () => {
      const wanted = { protocol: 'tcp', port: PORT, timeoutMs: deadlines.listensMs } as const;
      sockets ??= lab.listeningSockets(program.name, wanted);
      return sockets;
    };
    let first: Promise<Visited[]> | undefined;
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
      run: async (stage) =>
        greetingFinding(stage, await stage.first(), 'connected, and sent nothing'),
    },
    {
      id: 'fin',
      statement: 'T2',
      layer: 'speaks',
      title: 'closes the connection behind the greeting',
      why: 'Until FIN comes the client cannot know that the greeting is whole.',
      run: async (stage) =>
        endFinding(stage, await stage.first(), 'connected, and read to the end'),
    },
    {
      id: 'second-client',
      statement: 'T4',
      layer: 'is-correct',
      title: 'serves one client after the other',
      why: 'A server that has to be started again for each client is no server.',
      run: async (stage) => {
        await stage.first();
        const [second] = await stage.visit({});
        const finding = greetingFinding(stage, second, 'connected once more, after a first client');
        return finding && { ...finding, code: 'no-second-client' };
      },
    },
    {
      id: 'client-that-sends',
      statement: 'T3',
      layer: 'is-correct',
      title: 'greets a client that sends something first',
      why: 'What a client sends may be there before the greeting is, and must not cost the greeting.',
      run: async (stage) => {
        const send = Buffer.from('hello\n').toString('base64');
        const [visited] = await stage.visit({ send });
        return greetingFinding(stage, visited, 'connected, and sent 6 bytes');
      },
    },
    {
      id: 'empty-greeting',
      statement: 'T6',
      layer: 'is-correct',
      title: 'sends nothing where the greeting is empty',
      why: 'A variable that is set to nothing is set.',
      settings: { GREETING: '' },
      run: async (stage) => {
        const did = 'started the program with an empty GREETING, and connected';
        const visited = await stage.first();
        return greetingFinding(stage, visited, did) ?? endFinding(stage, visited, did);
      },
    },
    {
      id: 'client-that-resets',
      statement: 'T4',
      layer: 'is-robust',
      title: 'survives clients that reset their connection',
      why: 'Clients crash and lose their network all the time; others have to be served all the same.',
      run: async (stage) => {
        await stage.visit(...Array.from({ length: 10 }, () => ({ leaves: 'reset' as const })));
        const [next] = await stage.visit({});
        return greetingFinding(stage, next, 'reset ten connections, and connected once more');
      },
    },
    {
      id: 'many-at-once',
      statement: 'T5',
      layer: 'is-robust',
      title: `serves ${AT_ONCE} clients at once`,
      why: 'Clients do not wait for each other.',
      run: async (stage) => {
        const all = await stage.visit(...Array.from({ length: AT_ONCE }, () => ({})));
        const did = `opened ${AT_ONCE} connections at once`;
        return all.map((one) => greetingFinding(stage, one, did)).find(Boolean);
      },
    },
    endsOnSigterm,
  ] satisfies readonly Check<Stage>[],
};

function greetingFinding(
  { greeting, deadlines }: Stage,
  visited: Visited | undefined,
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
    ...(visited?.end === 'silence' && { waited }),
    bytes: { expected: greeting, received },
  };
}

function endFinding(
  { deadlines }: Stage,
  visited: Visited | undefined,
  did: string,
): Finding | undefined {
  if (visited?.end === 'fin') return undefined;
  if (visited?.end === 'reset') return { code: 'reset', did };
  return { code: 'no-fin', did, waited: { for: 'FIN', ms: deadlines.finMs } };
}
