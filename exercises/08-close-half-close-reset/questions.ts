import { join } from 'node:path';
import type { Question } from '../look/question.ts';
import type { Scene } from '../look/scene.ts';
import type { Seen } from '../look/seen.ts';
import { lecture } from '../look/stage.ts';

/** Only what hangs takes so long. */
const ENDS_MS = 60_000;

const program = (name: string) => join(import.meta.dirname, 'scene', name);

/** One conversation, which both programs end by themselves. */
const conversation = (server: string, client: string): Scene => ({
  async play(stage) {
    await stage.startServer('server', server);
    await stage.runClient('client', client);
  },
});

/** The client's host has to remain after its close, to answer what comes. */
const closedByClient: Scene = {
  async play(stage) {
    const server = await stage.startServer('server', program('sends-on.py'));
    await stage.start('client', program('closes.py'));
    await server.ended({ timeoutMs: ENDS_MS });
  },
};

export const closingQuestions: readonly Question[] = [
  {
    text: "A client has called shutdown(SHUT_WR), and its kernel has sent FIN. The server's recv returns 0 bytes; then the server sends a greeting. What becomes of it?",
    choices: {
      a: 'send fails, as the connection is closed',
      b: 'the client receives it, as on any connection',
      c: "the client's kernel answers it with RST",
    },
    answer: 'b',
    explanation:
      'FIN ends one direction: the client sends nothing more. The other direction is open until the server closes it.',
    scene: conversation(program('answers-fin.py'), program('half-closes.py')),
    read: (seen) => {
      if (isReset(seen, 'client')) return 'c';
      if (seen.calls('server', 'sendto').some(({ call }) => call.error !== undefined)) return 'a';
      const received = seen.calls('client', 'recvfrom').some(({ call }) => (call.result ?? 0) > 0);
      return received ? 'b' : undefined;
    },
  },
  {
    text: "Now the client has called close in place of shutdown. The server's recv returns 0 bytes again, and the server sends, again and again. What does it notice?",
    choices: {
      a: 'nothing: each send succeeds',
      b: 'the first send fails',
      c: 'the first send succeeds, and a later one fails',
    },
    answer: 'c',
    explanation:
      "The FIN of close looks like that of shutdown, so the first bytes are sent. At the client's host no socket is there for them: its kernel answers with RST, and from then on send fails.",
    scene: closedByClient,
    read: (seen) => {
      const sends = seen.calls('server', 'sendto');
      if (sends[0]?.call.error !== undefined) return 'b';
      return sends.at(-1)?.call.error === undefined ? 'a' : 'c';
    },
  },
  {
    text: 'A client has sent "hello", and the server closes the connection without having read it. What does the server\'s kernel send?',
    choices: {
      a: 'FIN, as after every close',
      b: 'RST',
      c: 'nothing, until somebody reads it',
    },
    answer: 'b',
    explanation:
      'Bytes that arrived are thrown away, and RST tells the client so (RFC 2525, section 2.17). It may also destroy a greeting that the client has not read yet, so read first, and then close.',
    scene: conversation(program('does-not-read.py'), program('speaks.py')),
    read: (seen) => {
      if (isReset(seen, 'server')) return 'b';
      return seen.packets('server').some(({ packet }) => packet.tcp?.flags.fin) ? 'a' : 'c';
    },
  },
  {
    text: 'A server closes a connection before its client does, and closes its listening socket, too. At once it binds a new socket to the same port, without SO_REUSEADDR. What does bind do?',
    choices: {
      a: 'it succeeds, as nobody has the port any more',
      b: 'it fails with EADDRINUSE',
      c: 'it waits until the port is free',
    },
    answer: 'b',
    explanation:
      'The side that sends FIN first remembers the connection for a while, in the state TIME-WAIT: 60 s in Linux. So its last ACK can be repeated, and a late packet is not taken for one of another connection. With SO_REUSEADDR bind does not mind.',
    scene: conversation(program('binds-again.py'), lecture('tcp-client.py')),
    shows: (step) => step.host === 'server' || step.kind === 'packet',
    read: (seen) => {
      const [, again] = seen.calls('server', 'bind');
      if (again?.call.error === 'EADDRINUSE') return 'b';
      return again?.endNs === undefined ? 'c' : 'a';
    },
  },
];

const isReset = (seen: Seen, by: string) =>
  seen.packets(by).some(({ packet }) => packet.tcp?.flags.rst === true);
