import { join } from 'node:path';
import type { Role } from '../../checks/roles/role.ts';
import { tcpClient } from '../../checks/roles/tcp-client/tcp-client.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';

/** Where one call of recv fails as it does byte by byte: told of when that is right. */
const later = ['split-character', 'long-greeting'];

const role: Role<unknown> = {
  ...tcpClient,
  checks: tcpClient.checks.map((check) =>
    later.includes(check.id) ? { ...check, layer: 'is-robust' } : check,
  ),
};

const program = (name: string) => join(import.meta.dirname, name);

/**
 * A client that reads when all is there, so that what it reads does not depend on when which packet comes.
 *
 * @param GREETING what the server sends, with bars between its sends
 * @param asked how many bytes the client asks for with each recv
 */
const reading = (GREETING: string, asked: number): Scene => ({
  async play(stage) {
    await stage.startServer('server', program('sends.py'), { env: { GREETING } });
    await stage.runClient('client', program('reads-late.py'), { env: { ASKED: String(asked) } });
  },
});

const threeSends = reading('Hello, |client|!', 1024);
const oneSend = reading('Hello, client! '.repeat(200).slice(0, 2500), 1000);
const cutCharacter = reading('Grüß dich', 3);

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'A stream has no messages',
  minutes: 45,
  role,
  checks: [
    'finds-server',
    'ends',
    'prints',
    'sends-nothing',
    'not-ascii',
    'special-characters',
    'byte-by-byte',
    'split-character',
    'long-greeting',
    'slow-greeting',
  ],
  startersFail: { check: 'byte-by-byte', code: 'printed-part' },
  questions: [
    {
      text: 'The server calls send three times, with "Hello, ", "client" and "!", and closes. When all has arrived, the client calls recv(1024). What does that return?',
      choices: {
        a: '"Hello, ", as that was sent first',
        b: '"Hello, client!"',
        c: '"!", as that came last',
      },
      answer: 'b',
      explanation:
        'The bytes that have arrived lie in one buffer of the kernel, one after the other, and where one send ended and the next began is not written down anywhere. recv takes from the front as many as it was asked for and as are there.',
      scene: threeSends,
      read: (seen) => {
        const [recv] = seen.calls('client', 'recvfrom');
        return ({ 7: 'a', 14: 'b', 1: 'c' } as const)[recv?.call.result as 7 | 14 | 1];
      },
    },
    {
      text: 'The server calls send once, with 2,500 bytes. How many packets do they need on an Ethernet?',
      choices: { a: '1, as there was one call', b: '2', c: '2,500, one for each byte' },
      answer: 'b',
      explanation:
        'The stream is cut where a packet is full, which is after about 1,450 bytes; within this machine both are handed over in one piece, and cut only on a real line. The program that reads sees nothing of it.',
      scene: oneSend,
      shows: ({ kind }) => kind === 'packet',
      read: (seen) => {
        const carrying = seen.packets('server').filter(({ range }) => range !== undefined);
        const count = carrying.reduce((sum, { packetsOnLine = 1 }) => sum + packetsOnLine, 0);
        return ({ 1: 'a', 2: 'b', 2500: 'c' } as const)[count as 1 | 2 | 2500];
      },
    },
    {
      text: 'All 2,500 bytes have arrived, and the server has closed. The client calls recv(1000) until that returns nothing. How many calls are these?',
      choices: { a: '1', b: '2', c: '3', d: '4' },
      answer: 'd',
      explanation:
        'Three calls return 1,000, 1,000 and 500 bytes, and the fourth one none: this is how the end of the stream is told. One send, two packets, four calls of recv; all that is the same on both sides is the order of the bytes.',
      scene: oneSend,
      read: (seen) => {
        const calls = seen.calls('client', 'recvfrom').length;
        return ({ 1: 'a', 2: 'b', 3: 'c', 4: 'd' } as const)[calls as 1 | 2 | 3 | 4];
      },
    },
    {
      text: 'The server has sent "Grüß dich" in UTF-8, and all has arrived. The client calls recv(3). What does that return?',
      choices: {
        a: '"Grü", which are three characters',
        b: '"Gr", as the next character does not fit',
        c: '"Gr" and the first half of "ü"',
      },
      answer: 'c',
      explanation:
        'recv counts bytes, and knows nothing of characters: "ü" is c3 bc, and bc comes with the next call. So neither part can be decoded by itself; put the bytes together, and then decode them.',
      scene: cutCharacter,
      read: (seen) => {
        const [recv] = seen.calls('client', 'recvfrom');
        return ({ 4: 'a', 2: 'b', 3: 'c' } as const)[recv?.call.result as 4 | 2 | 3];
      },
    },
  ],
};
