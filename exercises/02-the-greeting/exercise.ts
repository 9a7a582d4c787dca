import { join } from 'node:path';
import { tcpServer } from '../../checks/roles/tcp-server/tcp-server.ts';
import { linkedStep } from '../../lab/timeline/step.ts';
import type { Exercise } from '../exercise.ts';
import type { Scene } from '../look/scene.ts';
import { lecture } from '../look/stage.ts';

/** One client of a server. */
const visit = (program: string, env: Readonly<Record<string, string>> = {}): Scene => ({
  async play(stage) {
    await stage.startServer('server', program, { env });
    await stage.runClient('client', lecture('tcp-client.py'));
  },
});

const notAscii = visit(lecture('tcp-server.py'), { GREETING: 'Grüß dich' });
const empty = visit(lecture('tcp-server.py'), { GREETING: '' });
const sendsOnce = visit(join(import.meta.dirname, 'sends-once.py'));

export const exercise: Exercise = {
  folder: import.meta.dirname,
  title: 'The greeting',
  minutes: 30,
  role: tcpServer,
  checks: [
    'reachable',
    'greeting',
    'fin',
    'empty-greeting',
    'not-ascii',
    'special-characters',
    'long-greeting',
  ],
  startersFail: { check: 'greeting', code: 'more-bytes' },
  questions: [
    {
      text: 'GREETING is "Grüß dich", which has 9 characters. How many bytes does the client receive?',
      choices: {
        a: '9, one for each character',
        b: '10, as a zero byte ends each string',
        c: '11, as ü and ß have two bytes each',
        d: '18, as every character has two bytes',
      },
      answer: 'c',
      explanation:
        'encode makes UTF-8 of the text: one byte for each character of ASCII, and two to four for each of the others. Nothing is added: that a string ends with a zero byte is a custom of C, and TCP knows nothing of strings.',
      scene: notAscii,
      read: ({ conversations: [conversation] }) => {
        const letters = { 9: 'a', 10: 'b', 11: 'c', 18: 'd' } as const;
        return letters[conversation?.bytes.toClient as keyof typeof letters];
      },
    },
    {
      text: 'Nothing was sent after the greeting. How does the client know that it has all of it?',
      choices: {
        a: 'by the length in the header of the TCP segment',
        b: "by FIN, which the server's close makes its kernel send",
        c: 'by a pause: nothing more has come for a while',
      },
      answer: 'b',
      explanation:
        'A segment says how many bytes are in it, and not how many are to follow; after a pause more may come. FIN is the end of the stream: when the client has read all that came before it, recv returns 0 bytes.',
      scene: notAscii,
      read: (seen) => {
        const last = seen.calls('client', 'recvfrom').at(-1);
        if (last?.call.result !== 0) return undefined;
        return linkedStep(last, 'completed-by', 'packet')?.packet.tcp?.flags.fin ? 'b' : undefined;
      },
    },
    {
      text: 'GREETING is empty: the server calls sendall with no bytes, and then close. What does the client see?',
      choices: {
        a: 'one segment with no data, and then the end of the stream',
        b: 'the end of the stream, and no data before it',
        c: 'nothing: it waits for a greeting that never comes',
      },
      answer: 'b',
      explanation:
        'To add no bytes to a stream changes nothing, so that no packet is sent for it. FIN comes all the same, and a greeting of no bytes is whole.',
      scene: empty,
      read: (seen) => {
        const last = seen.calls('client', 'recvfrom').at(-1);
        const data = seen.packets('server').filter(({ range }) => range !== undefined);
        return last?.call.result === 0 && data.length === 0 ? 'b' : undefined;
      },
    },
    {
      text: 'A server has set a time limit for its socket, and calls send once, with 10 million bytes. What does send do?',
      choices: {
        a: 'it returns 10,000,000 when the client has received them all',
        b: 'it returns fewer: as many as the kernel had room for',
        c: 'it fails, as a segment cannot be so long',
      },
      answer: 'b',
      explanation:
        'send copies bytes into a buffer of the kernel, and says how many it took; of the rest nothing is sent unless send is called again. sendall does that until all bytes are taken.',
      scene: sendsOnce,
      shows: (step) => step.kind === 'call' && step.host === 'server',
      read: (seen) => {
        const [send] = seen.calls('server', 'sendto');
        if (send?.call.error !== undefined) return 'c';
        const { result } = send?.call ?? {};
        if (result === undefined) return undefined;
        return result < 10_000_000 ? 'b' : 'a';
      },
    },
  ],
};
