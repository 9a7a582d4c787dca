import { join } from 'node:path';
import { PORT } from '../../checks/roles/server-checks.ts';
import { udpClient } from '../../checks/roles/udp-client/udp-client.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

const inFolder = (path: string) => join(import.meta.dirname, path);

const firstDatagram = {
  kind: 'loss',
  percent: 100,
  first: 1,
  protocol: 'udp',
  port: PORT,
} as const;

/** The first datagram between the two in this direction is lost; the client sends again after a second. */
const losingFirst = (from: string, to: string): Scene => ({
  async play(stage) {
    await stage.startServer('server', lecture('udp-echo-server.py'), { protocol: 'udp' });
    await stage.runClient('client', inFolder('solution/python'), {
      prepare: () => stage.lab.impair({ ...firstDatagram, from, to }),
    });
  },
});

const lostRequest = losingFirst('client', 'server');
const lostReply = losingFirst('server', 'client');

/** A server over TCP has the same port, which is another one than that of UDP. */
const noServer: Scene = {
  async play(stage) {
    await stage.startServer('server', lecture('tcp-server.py'));
    await stage.runClient('client', inFolder('one-try.py'));
  },
};

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'When datagrams are lost',
  minutes: 45,
  role: udpClient,
  checks: [
    ...['message', 'ends', 'prints', 'silent', 'tries', 'back-off', 'absent'],
    ...['lost-request', 'lost-reply'],
  ],
  required: ['tries', 'back-off'],
  // A client that waits for ever does so after each loss, too.
  last: ['absent', 'lost-request', 'lost-reply'],
  startersFail: { check: 'silent', code: 'never-gives-up' },
  questions: [
    {
      text: "A client sends a datagram of 17 bytes, and the network loses it. What does the client's sendto return?",
      choices: {
        a: 'an error, as the datagram has not arrived',
        b: '17, as if it had arrived',
        c: 'nothing for a while: it sends again by itself until it is heard',
      },
      answer: 'b',
      explanation:
        'sendto returns when its own kernel has taken the datagram, and what becomes of it later nobody reports. UDP never sends again by itself: here the client called sendto once more, after a second of silence.',
      scene: lostRequest,
      read: (seen) => {
        const [sendto] = seen.calls('client', 'sendto');
        if (sendto?.call.error !== undefined) return 'a';
        return sendto?.call.result === 17 ? 'b' : undefined;
      },
    },
    {
      text: 'Now the request arrives, and the reply is lost. The client waits, and sends its request again. How often does the server answer?',
      choices: {
        a: 'once: it knows that it has answered this request before',
        b: 'twice',
        c: 'once: its kernel drops the second request as a copy',
      },
      answer: 'b',
      explanation:
        'To the server these are two datagrams like any others, so it does its work twice. An echo may be made twice; where a request says "pay 10 euros", the server has to be able to tell a second try from a second request.',
      scene: lostReply,
      read: (seen) => {
        const answers = seen.calls('server', 'sendto').length;
        if (answers === 2) return 'b';
        if (answers !== 1) return undefined;
        return seen.calls('server', 'recvfrom').filter(({ call }) => call.data).length === 1
          ? 'c'
          : 'a';
      },
    },
    {
      text: "The server's host is up, but no program has a UDP socket at its port. What happens to a client that has called sendto and waits in recvfrom?",
      choices: {
        a: 'recvfrom fails at once, with ECONNREFUSED, as connect does over TCP',
        b: 'nothing comes back to its host, and recvfrom waits',
        c: 'an error comes back to its host, but recvfrom waits as if there were none',
      },
      answer: 'c',
      explanation:
        "The server's kernel answers with an ICMP error, port unreachable. A socket that is not connected may have sent to many hosts, so Linux does not report such errors to it: to your program this, too, looks like silence.",
      scene: noServer,
      read: (seen) => {
        if (seen.calls('client', 'recvfrom').some(({ call }) => call.error === 'ECONNREFUSED'))
          return 'a';
        const [answer] = seen.packets('server');
        if (answer === undefined) return 'b';
        return answer.packet.icmp ? 'c' : undefined;
      },
    },
  ],
};
