/** A role of a teacher's own: a TCP server that sends back each line with its characters in reverse order. */
import { Buffer } from 'node:buffer';
import {
  type Check,
  differenceOf,
  endsOnSigterm,
  type Finding,
  PORT,
  type Role,
  randomText,
  reachable,
  type ServerFixture,
  serverDeadlines,
} from '../../checks/index.ts';

interface Fixture extends ServerFixture {
  readonly line: string;
  /** Sends a text, and FIN. @returns what comes back until the server's FIN */
  ask(text: string): Promise<Buffer>;
}

const reversed = (line: string) => [...line].reverse().join('');

async function replyFinding({ ask }: Fixture, line: string): Promise<Finding | undefined> {
  const received = await ask(`${line}\n`);
  const expected = Buffer.from(`${reversed(line)}\n`);
  const code = differenceOf(expected, received);
  const did = `connected, and sent ${JSON.stringify(`${line}\n`)}`;
  return code && { code, did, bytes: { expected, received } };
}

const hints = {
  'nothing-received': 'the program reads until a number of bytes that never comes.',
  'other-bytes': 'the newline is reversed with the line: take it off first, and add it again.',
};

const reverses: Check<Fixture> = {
  id: 'reverses',
  statement: 'R1',
  layer: 'speaks',
  title: 'sends a line back in reverse order',
  why: 'That is what it is for.',
  hints,
  run: (fixture) => replyFinding(fixture, fixture.line),
};

const empty: Check<Fixture> = {
  id: 'empty',
  statement: 'R2',
  layer: 'is-correct',
  title: 'sends an empty line back as one',
  why: 'An empty line is a line.',
  hints,
  run: (fixture) => replyFinding(fixture, ''),
};

export const role: Role<Fixture> = {
  name: 'reverse-server',
  env: () => ({ HOST: '0.0.0.0', PORT: String(PORT) }),
  fixture: async ({ lab, peer, random, deadline, start }) => {
    const deadlines = serverDeadlines(deadline);
    const program = await start();
    const wanted = { protocol: 'tcp', port: PORT, timeoutMs: deadlines.listensMs } as const;
    return {
      program,
      deadlines,
      line: randomText(random, 12),
      listening: () => lab.listeningSockets(program.host.name, wanted),
      ask: async (text) => {
        const send = Buffer.from(text).toString('base64');
        const [visited] = await peer.ask('tcpVisits', {
          address: program.host.ipv4 ?? '',
          port: PORT,
          visits: [{ send, manner: 'half-closes' }],
          timeoutMs: deadline(5000),
        });
        return Buffer.from(visited?.received ?? '', 'base64');
      },
    };
  },
  checks: [reachable('tcp'), reverses, empty, endsOnSigterm],
};
