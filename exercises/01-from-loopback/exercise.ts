import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

/** One client on another host. @param HOST what the server binds to */
const visit = (HOST: string): Scene => ({
  async play(stage) {
    await stage.startServer('server', lecture('tcp-server.py'), { env: { HOST } });
    await stage.runClient('client', lecture('tcp-client.py'));
  },
});

const everywhere = visit('0.0.0.0');
const loopback = visit('127.0.0.1');

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'From loopback to the network',
  minutes: 30,
  role: tcpServer,
  checks: ['reachable', 'greeting', 'fin'],
  startersFail: { check: 'reachable', code: 'loopback-only' },
  questions: [
    {
      text: 'A server is bound to 0.0.0.0, and a client on another host connects to it. Which address does accept return for the client?',
      choices: {
        a: '127.0.0.1, as for every client on my own machine',
        b: "the address of the client's host on the network",
        c: '0.0.0.0, as the server is bound to it',
      },
      answer: 'b',
      explanation:
        'Each packet carries the address of the host that sent it, and accept returns the one in the SYN. 0.0.0.0 only says at which of its own addresses the server can be reached.',
      scene: everywhere,
      read: (seen) => {
        const [accept] = seen.calls('server', 'accept');
        const address = accept?.call.peer?.address;
        if (address === '127.0.0.1') return 'a';
        if (address === seen.addresses.get('client')) return 'b';
        return address === '0.0.0.0' ? 'c' : undefined;
      },
    },
    {
      text: 'The client has called connect. How many packets cross the network before the first byte of data does?',
      choices: { a: 'none', b: '1', c: '2', d: '3' },
      answer: 'd',
      explanation:
        'SYN, SYN-ACK and ACK are the handshake: each side tells the other where it begins to count bytes, and is told that it was heard. Only then is there a connection that data can be sent on.',
      scene: everywhere,
      shows: ({ kind }) => kind === 'packet',
      read: (seen) => {
        const packets = seen.packets();
        const first = packets.findIndex(({ range }) => range !== undefined);
        return ({ 0: 'a', 1: 'b', 2: 'c', 3: 'd' } as const)[first];
      },
    },
    {
      text: 'Now the server is bound to 127.0.0.1. The client on the other host sends SYN to its port. What comes back?',
      choices: {
        a: 'nothing: the client waits until it gives up',
        b: 'RST: there is nobody at that port',
        c: 'SYN-ACK, but no greeting ever follows',
      },
      answer: 'b',
      explanation:
        "The server's host is there, so its kernel answers; but at the address that the SYN was sent to nothing listens, and the kernel says so at once with RST. The client's connect fails with ECONNREFUSED.",
      scene: loopback,
      read: (seen) => {
        const [answer] = seen.packets('server');
        if (answer === undefined) return 'a';
        const { syn, rst } = answer.packet.tcp?.flags ?? {};
        if (rst) return 'b';
        return syn ? 'c' : undefined;
      },
    },
  ],
};
