import type { Finding, Hints } from '../../check.ts';
import type { TcpVisited } from '../../peers/in-peer/tcp-clients.ts';
import { differenceOf } from '../difference.ts';
import type { Fixture } from './fixture.ts';

/** Of `greetingFinding`. */
export const greetingHints: Hints = {
  refused: 'the listening socket was closed, or the program has ended.',
  reset:
    'the connection is closed while something that the client has sent is still unread, or the program has ended in the middle.',
  'nothing-received':
    'the server waits for the client to send something first, or for another client to end.',
  'other-bytes':
    'the text is written into the program, where it should be that of the variable GREETING; or it is encoded in another way than UTF-8.',
  'part-missing':
    'the length is wrong, as sizeof of a pointer or of a buffer is in place of strlen; or send took only a part, and says how much: call it until all is sent, or use sendall.',
  'more-bytes': 'a newline or a zero byte is sent after it: print, println and C strings add one.',
};

/** Of `greetingFinding` where GREETING is empty. */
export const emptyHints: Hints = {
  ...greetingHints,
  'more-bytes':
    'an empty GREETING is taken for one that is not set, as by || in JavaScript and by or in Python, and the default is sent; or a newline or a zero byte is sent.',
};

/** Of `greetingFinding` where the kernel does not take GREETING at once. */
export const longGreetingHints: Hints = {
  ...greetingHints,
  'part-missing':
    'send took only a part, and says how much: call it until all is sent, or use sendall; or the greeting does not fit into a buffer. In Node.js, destroy drops what the kernel has not taken yet: use end.',
  reset:
    'the program has ended in the middle, or threw away what was not sent yet, as destroy and resetAndDestroy in Node.js do.',
};

/** Of `greetingFinding` where a character of GREETING has more than one byte. */
export const notAsciiHints: Hints = {
  ...greetingHints,
  'other-bytes':
    'the text is encoded in another way than UTF-8, or its length is counted in characters, where it should be in bytes.',
  'part-missing':
    'the length of the text is counted in characters, where it should be in bytes: encode it first, and count then.',
};

/** Of `endFinding`. */
export const endHints: Hints = {
  'no-fin':
    'the connection is never closed: call close where the client has been served, or end in Node.js. After fork, both processes have the connection, and each has to close it. In a shell, nc closes it only with -N, and ncat with --send-only.',
  reset:
    'SO_LINGER with 0 s makes close send RST; so does closing while something that the client has sent is unread, and the end of the program in the middle.',
};

/** Whether a client has got the greeting, and nothing else (T1). */
export function greetingFinding(
  { greeting, finMs }: Fixture,
  visited: TcpVisited,
  did: string,
): Finding | undefined {
  const received = Buffer.from(visited.received, 'base64');
  const code = differenceOf(greeting, received);
  if (code === undefined) return undefined;
  if (visited.end === 'refused') return { code: 'refused', did };
  const isCut = visited.end === 'reset' && (code === 'nothing-received' || code === 'part-missing');
  const waited = { for: 'the greeting', ms: finMs, untilMs: visited.endedMs };
  return {
    code: isCut ? 'reset' : code,
    did,
    ...(visited.end === 'timeout' && { waited }),
    bytes: { expected: greeting, received },
  };
}

/** Whether the server has closed the connection to a client with FIN (T2). */
export function endFinding(
  { finMs }: Fixture,
  visited: TcpVisited,
  did: string,
): Finding | undefined {
  if (visited.end === 'fin') return undefined;
  if (visited.end === 'reset') return { code: 'reset', did, found: 'RST in place of FIN' };
  return { code: 'no-fin', did, waited: { for: 'FIN', ms: finMs, untilMs: visited.endedMs } };
}
