import { join } from 'node:path';
import { udpClient } from '../../checks/roles/udp-client/udp-client.ts';
import type { Step } from '../../lab/index.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

const inScene = (name: string) => join(import.meta.dirname, 'scene', name);

/** A stranger sends to a client before its server does. How the two agree on that is not shown. */
const strangerFirst = (client: string): Scene => ({
  async play(stage) {
    await stage.startServer('stranger', inScene('stranger.py'), { protocol: 'udp' });
    await stage.startServer('server', inScene('server.py'), { protocol: 'udp' });
    await stage.runClient('client', client);
  },
});

const isOfClient = (step: Step) =>
  step.host === 'client' || (step.kind === 'packet' && step.to === 'client');

const lateReply: Scene = {
  async play(stage) {
    await stage.startServer('server', inScene('late-server.py'), { protocol: 'udp' });
    await stage.runClient('client', inScene('two-questions.py'));
  },
};

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'Who is really answering',
  minutes: 45,
  role: udpClient,
  checks: [
    ...['message', 'ends', 'prints', 'silent', 'absent', 'lost-request', 'lost-reply'],
    ...['forged-reply', 'other-reply'],
  ],
  required: ['absent', 'other-reply'],
  // A client that believes anybody believes its server, too, whatever that says.
  last: ['other-reply'],
  startersFail: { check: 'forged-reply', code: 'believes-forgery' },
  questions: [
    {
      text: 'A client has sent a datagram to a server, and waits in recvfrom. Before the server replies, another host, stranger, sends a datagram to the port of the client. What does recvfrom return?',
      choices: {
        a: 'nothing yet: it waits for the reply of the server',
        b: 'the datagram of stranger',
        c: 'an error, as stranger was not asked',
      },
      answer: 'b',
      explanation:
        'A UDP socket takes datagrams from anybody, whomever it has sent to. Only the address and port that recvfrom returns with the bytes tell that these came from somebody else.',
      scene: strangerFirst(lecture('udp-client.py')),
      shows: isOfClient,
      read: (seen) => {
        const [recvfrom] = seen.calls('client', 'recvfrom');
        if (recvfrom?.call.error !== undefined) return 'c';
        const from = recvfrom?.call.peer?.address;
        if (from === seen.addresses.get('stranger')) return 'b';
        return from === seen.addresses.get('server') ? 'a' : undefined;
      },
    },
    {
      text: 'The same once more, but the client has connected its UDP socket to the server. What becomes of the datagram of stranger?',
      choices: {
        a: 'recv returns it: UDP has no connections, so connect changes nothing',
        b: "the client's kernel drops it, and says nothing",
        c: "the client's kernel refuses it: it sends stranger an ICMP error",
      },
      answer: 'c',
      explanation:
        'To the kernel a connected socket belongs to one address and port, and for a datagram from elsewhere there is no socket at all. So stranger is told that the port is unreachable, and recv waits on for the server.',
      scene: strangerFirst(inScene('connected-client.py')),
      shows: isOfClient,
      read: (seen) => {
        if (seen.packets('client').some(({ packet }) => packet.icmp)) return 'c';
        const received = seen.calls('client', 'recvfrom').map(({ call }) => call.data?.preview);
        return received[0]?.includes('stranger') ? 'a' : 'b';
      },
    },
    {
      text: 'A client sends "one", gets no reply in time, and gives up on it. With the same socket it sends "two", and now the server answers both, in that order. What does the next recvfrom return?',
      choices: {
        a: 'Echo: one',
        b: 'Echo: two',
        c: 'Echo: two, and then Echo: one',
      },
      answer: 'a',
      explanation:
        'The right host has sent it, but it answers an earlier request: a reply may be late. So a client has to compare what is in a reply with its request; many protocols have a number in both for that.',
      scene: lateReply,
      read: (seen) => {
        const received = seen
          .calls('client', 'recvfrom')
          .flatMap(({ call }) => call.data?.preview ?? []);
        return received[0] === 'Echo: one' ? 'a' : received.length > 1 ? 'c' : 'b';
      },
    },
  ],
};
