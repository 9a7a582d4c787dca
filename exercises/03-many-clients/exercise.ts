import { join } from 'node:path';
import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import type { Host, Step } from '../../lab/index.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';

const client = join(import.meta.dirname, 'client.py');

/** Only what hangs takes so long. */
const PATIENCE_MS = 60_000;

/** A server that serves one client after the other, and a second client while the first one stays. */
const queue: Scene = {
  async play(stage) {
    const env = { SERVER_HOST: 'server' };
    await stage.startServer('server', join(import.meta.dirname, 'starter/python'));
    const first = await stage.start('first', client, { env: { ...env, STAYS: '1' } });
    await printed(first.host, 'greeted');
    const second = await stage.start('second', client, { env });
    await printed(second.host, 'connected');
    await first.host.kill();
    await printed(second.host, 'greeted');
  },
};

/** Resolves when a host has printed that line. */
async function printed(host: Host, wanted: string): Promise<void> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const { line } of host.logs({ follow: true, signal })) if (line === wanted) return;
  throw new Error(`Host "${host.name}" must print "${wanted}", but has not`);
}

/** A call that names the port of the other side. */
const isNamedByPort = (step: Step) =>
  step.kind === 'call' && ['connect', 'accept'].includes(step.call.call);

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'Many clients',
  minutes: 60,
  role: tcpServer,
  checks: [
    'reachable',
    'greeting',
    'fin',
    'second-client',
    'silent-client',
    'slow-client',
    'many-at-once',
    'still-there',
  ],
  startersFail: { check: 'silent-client', code: 'delayed' },
  questions: [
    {
      text: 'The server still serves its first client, and has not called accept again. A second client calls connect. What happens?',
      choices: {
        a: 'connect waits until the server calls accept',
        b: "connect returns at once: the server's kernel has made the connection",
        c: 'connect fails: the server is busy',
      },
      answer: 'b',
      explanation:
        'After listen the kernel answers each SYN by itself, and puts the connection into the queue of the listening socket, as long as there is room. accept only takes the first one out of the queue, or waits for one.',
      scene: queue,
      read: (seen) => {
        const [connect] = seen.calls('second', 'connect');
        const [, accept] = seen.calls('server', 'accept');
        if (connect?.call.error !== undefined) return 'c';
        if (connect?.endNs === undefined || accept === undefined) return undefined;
        return BigInt(connect.endNs) < BigInt(accept.atNs) ? 'b' : 'a';
      },
    },
    {
      text: 'The first client has its greeting, and keeps its connection. When does the second client get its own?',
      choices: {
        a: 'at once',
        b: 'when the first client has closed its connection',
        c: 'never: who has waited once has to connect again',
      },
      answer: 'b',
      explanation:
        "The server waits in recv for the first client's FIN, and while it waits it does nothing else. Had the first client crashed without a word, the others would wait for ever.",
      scene: queue,
      read: (seen) => {
        const received = seen.calls('second', 'recvfrom').find(({ call }) => call.result !== 0);
        const closed = seen.packets('first').find(({ packet }) => packet.tcp?.flags.fin);
        if (received?.endNs === undefined) return 'c';
        if (closed === undefined) return undefined;
        return BigInt(received.endNs) > BigInt(closed.atNs) ? 'b' : 'a';
      },
    },
    {
      text: 'For a while both clients are connected. Which port of the server do their connections have?',
      choices: {
        a: 'both the port that it listens at',
        b: 'the first one that port, and the second one another',
        c: 'each a port of its own, which accept returns',
      },
      answer: 'a',
      explanation:
        "A connection is known by four numbers: address and port of the one side, and address and port of the other. It is enough that the clients' differ. What accept makes is a socket, and not a port.",
      scene: queue,
      shows: (step) => step.kind === 'packet' || isNamedByPort(step),
      read: ({ conversations }) => {
        const isListening = conversations.map(({ server }) => server.port === 50_000);
        if (isListening.length !== 2) return undefined;
        if (isListening.every(Boolean)) return 'a';
        return isListening.some(Boolean) ? 'b' : 'c';
      },
    },
  ],
};
