import type { CallStep, PacketStep } from '../../lab/index.ts';
import { between, msOf } from '../../lab/util/nanoseconds.ts';
import type { Letter, Question } from '../look/question.ts';
import type { Seen } from '../look/seen.ts';
import { handshake } from './scene.ts';

const lostSyn = handshake('SYN', 1);
/** Two, as the first one may be repeated by its sender before SYN is, or in answer to it. */
const lostSynAcks = handshake('SYN-ACK', 2);
const lostAcks = handshake('ACK', 3);

export const handshakeQuestions: readonly Question[] = [
  {
    text: 'The first SYN is lost. What happens then?',
    choices: {
      a: 'connect fails, and the program may call it again',
      b: "the client's kernel sends SYN again, and the program does not notice",
      c: 'the server asks for the SYN that it has not got',
    },
    answer: 'b',
    explanation:
      'When no answer has come for a second, the kernel sends the same SYN again. The program has called connect once: it only takes longer.',
    scene: lostSyn,
    read: (seen) => {
      const { length: calls } = seen.calls('client', 'connect');
      if (calls !== 1) return 'a';
      const [first, second] = seen.packets();
      if (second?.from === 'server') return 'c';
      return first?.delivery === 'lost' && isSynAgain(second) ? 'b' : undefined;
    },
  },
  {
    text: 'The SYN arrives, but the first two SYN-ACKs are lost. Who sends something again?',
    choices: {
      a: 'the client its SYN',
      b: 'the server its SYN-ACK',
      c: 'both of them',
      d: 'neither: to the server the connection is there already',
    },
    answer: 'c',
    explanation:
      'Each side repeats what has not been acknowledged. The client cannot know which of the two was lost, its SYN or the answer; so SYN comes again to a server that has it, and is answered with SYN-ACK again.',
    scene: lostSynAcks,
    shows: ({ kind }) => kind === 'packet',
    read: (seen) => {
      const [client, server] = ['client', 'server'].map((host) =>
        seen.packets(host).some(isSynAgain),
      );
      if (client) return server ? 'c' : 'a';
      return server ? 'b' : 'd';
    },
  },
  {
    text: 'SYN and SYN-ACK arrive, but the ACK that follows is lost three times. What do the two programs notice?',
    choices: {
      a: 'connect and accept both wait until an ACK arrives',
      b: 'connect and accept have both returned by then',
      c: 'connect has returned, and accept waits until an ACK arrives',
      d: 'connect fails',
    },
    answer: 'c',
    explanation:
      'The client is ESTABLISHED when it has received SYN-ACK, and connect returns. The server is in SYN-RECEIVED until ACK arrives: only then is there a connection that accept can return.',
    scene: lostAcks,
    read: readReturns,
  },
  {
    text: 'In the same conversation: what comes again, and when?',
    choices: {
      a: 'ACK, from the client, once a second',
      b: 'SYN-ACK, from the server, once a second, and ACK in answer to it',
      c: 'SYN-ACK, from the server, after 1, 2 and 4 s, and ACK in answer to it',
    },
    answer: 'c',
    explanation:
      'ACK is not acknowledged, so nobody would know when to repeat it; what the server repeats is its SYN-ACK. Each time it waits twice as long, as the network may be overloaded, and more packets would not help it.',
    scene: lostAcks,
    shows: ({ kind }) => kind === 'packet',
    read: (seen) => {
      const [first, second, third, fourth] = seen
        .packets('server')
        .filter(hasSyn)
        .map(({ atNs }) => msOf(atNs));
      if (first === undefined || second === undefined) return 'a';
      if (third === undefined || fourth === undefined) return undefined;
      return fourth - third > 2 * (second - first) ? 'c' : 'b';
    },
  },
];

const hasSyn = ({ packet }: PacketStep) => packet.tcp?.flags.syn === true;
const isSynAgain = (step: PacketStep | undefined) =>
  step !== undefined && hasSyn(step) && step.isRetransmission;

function readReturns(seen: Seen): Letter | undefined {
  const [connect] = seen.calls('client', 'connect');
  const [accept] = seen.calls('server', 'accept');
  const lost = seen.packets('client').findLast(({ delivery }) => delivery === 'lost');
  if (!lost || !connect || !accept) return undefined;
  if (connect.call.error !== undefined) return 'd';
  const hasReturned = ({ endNs }: CallStep) => endNs !== undefined && between(endNs, lost.atNs) > 0;
  if (hasReturned(connect)) return hasReturned(accept) ? 'b' : 'c';
  return 'a';
}
