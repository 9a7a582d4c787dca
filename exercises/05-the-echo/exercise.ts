import { join } from 'node:path';
import { udpEchoServer } from '../../checks/roles/udp-echo-server/udp-echo-server.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import type { Seen } from '../look/seen.ts';
import { lecture } from '../look/stage.ts';

/** A server that calls recvfrom with a buffer of 1024 bytes, and one client. */
const visit = (client: string): Scene => ({
  async play(stage) {
    await stage.startServer('server', lecture('udp-echo-server.py'), { protocol: 'udp' });
    await stage.runClient('client', client);
  },
});

const oneEcho = visit(lecture('udp-client.py'));
const fourDatagrams = visit(join(import.meta.dirname, 'four-datagrams.py'));

/** The datagrams that the server has received, as its calls returned them. */
const received = (seen: Seen) =>
  seen.calls('server', 'recvfrom').flatMap(({ call }) => call.data ?? []);

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'The echo',
  minutes: 30,
  role: udpEchoServer,
  checks: [
    ...['reachable', 'echo', 'sender', 'second-client'],
    ...['empty', 'nul', 'line-ends', 'not-utf8', 'longest', 'many-clients', 'still-there'],
  ],
  startersFail: { check: 'second-client', code: 'no-second-client' },
  questions: [
    {
      text: 'A client sends a datagram to an echo server, and receives the echo. How many packets cross the network for that?',
      choices: {
        a: '2: the datagram and its echo',
        b: '4: each of the two is acknowledged',
        c: '5: first comes a handshake of three packets',
      },
      answer: 'a',
      explanation:
        'UDP has no connection, so nothing is opened, acknowledged or closed: each sendto makes one packet. That is cheap, and it is why nobody notices when one of them is lost.',
      scene: oneEcho,
      read: (seen) => (({ 2: 'a', 4: 'b', 5: 'c' }) as const)[seen.packets().length],
    },
    {
      text: 'This client has never called bind. Which port does the recvfrom of the server return for it?',
      choices: {
        a: '50000, as the server has',
        b: '0, as the client has no port',
        c: "another one, which the client's kernel has chosen",
      },
      answer: 'c',
      explanation:
        'A socket without a port is given a free one by its kernel when it sends for the first time. The reply must go exactly there, and recvfrom is how the server learns of it.',
      scene: oneEcho,
      read: (seen) => {
        const [recvfrom] = seen.calls('server', 'recvfrom');
        const port = recvfrom?.call.peer?.port;
        if (port === undefined) return undefined;
        return ({ 50000: 'a', 0: 'b' } as const)[port] ?? 'c';
      },
    },
    {
      text: 'A client sends Hello and World, with two calls of sendto, one right after the other. What does the first recvfrom of the server return?',
      choices: {
        a: 'Hello',
        b: 'HelloWorld, if both have arrived by then',
        c: 'any part of HelloWorld, as with TCP',
      },
      answer: 'a',
      explanation:
        'Datagrams keep their boundaries: one sendto makes one datagram, and one recvfrom returns one datagram, however many are waiting. Over TCP both would be one stream of bytes.',
      scene: fourDatagrams,
      shows: ({ kind }) => kind === 'call',
      read: (seen) => {
        const [first] = received(seen);
        if (first?.preview === 'Hello') return 'a';
        return first?.preview === 'HelloWorld' ? 'b' : undefined;
      },
    },
    {
      text: 'Then the client sends a datagram of 2000 bytes, and one with End. The server calls recvfrom with a buffer of 1024 bytes, and gets the first 1024. What does its next recvfrom return?',
      choices: {
        a: 'the other 976 bytes',
        b: 'the other 976 bytes, and End behind them',
        c: 'End',
      },
      answer: 'c',
      explanation:
        'One recvfrom takes the whole datagram out of the queue of the socket, and what does not fit into the buffer is dropped. So the buffer has to be as large as the largest datagram that is expected.',
      scene: fourDatagrams,
      shows: ({ kind }) => kind === 'call',
      read: (seen) => {
        const all = received(seen);
        const next = all[all.findIndex(({ bytes }) => bytes === 1024) + 1];
        if (next?.preview === 'End') return 'c';
        return ({ 976: 'a', 979: 'b' } as const)[next?.bytes ?? 0];
      },
    },
  ],
};
