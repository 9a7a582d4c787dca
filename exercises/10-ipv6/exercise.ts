import { join } from 'node:path';
import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import type { Step } from '../../lab/index.ts';
import { linkLocalOf } from '../../lab/model/link-local.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

const client = lecture('tcp-client.py');

/** A server at `::`, and a client that is given the IPv4 address of its host. */
const atBoth: Scene = {
  ipv6: true,
  async play(stage) {
    const program = join(import.meta.dirname, 'solution/python');
    const { host } = await stage.startServer('server', program, { env: { HOST: '::' } });
    await stage.runClient('client', client, { env: { SERVER_HOST: host.ipv4 ?? '' } });
  },
};

/** A server at `0.0.0.0`, a client that is given its name, and then one that is given a link-local address. */
const atIpv4: Scene = {
  ipv6: true,
  async play(stage) {
    // Not that of the lecture, which ends after its first client.
    const program = join(import.meta.dirname, 'starter/python');
    const { host } = await stage.startServer('server', program);
    await stage.runClient('client', client);
    const linkLocal = linkLocalOf(host.interfaces[0]?.mac ?? '') ?? '';
    await stage.runClient('neighbor', client, { env: { SERVER_HOST: linkLocal } });
  },
};

/** The resolver tries addresses with sockets of UDP, to sort them. */
const isOfResolver = (step: Step) => step.kind === 'call' && step.protocol === 'udp';

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'IPv6',
  minutes: 30,
  // Where the engine has no IPv6, the program is not graded: what this is about cannot be seen.
  role: { ...tcpServer, ipv6: true },
  checks: ['reachable', 'greeting', 'fin', 'second-client', 'ipv6'],
  required: ['ipv6'],
  startersFail: { check: 'ipv6', code: 'not-over-ipv6' },
  questions: [
    {
      text: 'A server has one socket, which is bound to ::, with IPV6_V6ONLY off. A client connects to the IPv4 address of its host. What happens?',
      choices: {
        a: 'RST comes back: an IPv6 socket cannot be reached over IPv4',
        b: 'the client is served, with IPv4 packets',
        c: "the client is served, with IPv6 packets: the client's kernel translates",
      },
      answer: 'b',
      explanation:
        "The server's kernel hands connections of both families to the socket, and nothing is translated on the network. The program is told the address of such a client in the form of IPv6, as ::ffff:172.20.0.3, which the picture shows without ::ffff:.",
      scene: atBoth,
      read: (seen) => {
        const [answer] = seen.packets('server');
        if (answer?.packet.tcp?.flags.rst) return 'a';
        if (!seen.packets('server').some(({ range }) => range)) return undefined;
        return answer?.packet.ipv4 ? 'b' : 'c';
      },
    },
    {
      text: 'Now the server is bound to 0.0.0.0. The client knows it by a name that has two addresses: first one of IPv6, then one of IPv4. It tries them in turn. What happens?',
      choices: {
        a: 'the client fails: IPv6 comes first, and nothing listens there',
        b: 'the client waits for a timeout, and then tries IPv4',
        c: 'RST comes back over IPv6, and the client is served over IPv4 at once',
        d: "the server's kernel hands the IPv6 connection to the IPv4 socket",
      },
      answer: 'c',
      explanation:
        'The host has the IPv6 address, so its kernel answers, and says at once that nothing listens there. The client goes on to the next address of the list: that is why a server without IPv6 often goes unnoticed, until a client tries the first address only.',
      scene: atIpv4,
      shows: (step) => step.host !== 'neighbor' && !isOfResolver(step),
      read: (seen) => {
        const [refusal] = seen.packets('server');
        const served = seen.packets('server').find(({ range }) => range);
        if (served === undefined) return 'a';
        if (served.packet.ipv6) return 'd';
        return refusal?.packet.ipv6 && refusal.packet.tcp?.flags.rst ? 'c' : 'b';
      },
    },
    {
      text: "Another client is given the link-local address of the server's interface, as fe80::42:acff:fe14:2, and nothing else. What does connect do?",
      choices: {
        a: 'it sends SYN on the network that both hosts are on',
        b: 'it sends SYN on every network of its host, and takes the one that answers',
        c: 'it fails with EINVAL, and sends nothing',
      },
      answer: 'c',
      explanation:
        'A link-local address is valid on one link only, and every link may have the same one: the kernel has to be told on which interface, as in fe80::42:acff:fe14:2%eth0. The part behind % is the zone, and is for this host alone: no packet carries it.',
      scene: atIpv4,
      shows: (step) => step.host === 'neighbor' && !isOfResolver(step),
      read: (seen) => {
        const [connect] = seen.calls('neighbor', 'connect');
        if (connect?.call.error === 'EINVAL' && seen.packets('neighbor').length === 0) return 'c';
        return seen.packets('neighbor').length === 1 ? 'a' : undefined;
      },
    },
  ],
};
