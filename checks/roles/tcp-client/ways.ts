/** The ways in which a server may send its greeting, and the ways in which it may send none. */
import type { Hints, Layer } from '../../check.ts';
import type { TcpScript } from '../../peers/in-peer/tcp-servers.ts';
import { LONGEST_GREETING } from '../longest-greeting.ts';
import { SPECIAL_CHARACTERS, specialCharactersHint } from '../special-characters.ts';

/** A server that a client has to get the whole greeting from. */
export interface Way {
  readonly id: string;
  readonly statement: 'C1' | 'C3' | 'C6' | 'P1';
  readonly layer: Layer;
  readonly title: string;
  readonly why: string;
  /** What the grader does, as in "sent it byte by byte". */
  readonly did: string;
  readonly hints?: Hints;
  /** It is a SHOULD. */
  readonly isAdvice?: true;
  readonly pauseMs: number;
  /** The segments of the greeting. @param text letters that nobody could know before */
  segments(text: string): readonly Buffer[];
}

/** All of them together take less than 3 s. */
const BYTES_APART_MS = 50;
/** Half of the second that C3 allows, as a timer that is late adds to it. */
const SLOW_MS = 500;
/** In all more than 3 s: a time limit for the whole greeting is wrong, too. */
const SLOW_PARTS = 8;
const UMLAUT = Buffer.from('ü');

const otherEncoding =
  'the bytes are decoded as ASCII, or as another encoding than UTF-8. Decode them as UTF-8, or print them as they are.';
const noText =
  'the bytes are decoded, and those that are no text in UTF-8 are lost, or raise an error. Print the bytes as they are, as with sys.stdout.buffer.write or process.stdout.write.';

const halfCharacter =
  'each part is decoded by itself, and may be half of a character; or the bytes are taken for another encoding than UTF-8. Put the bytes of all parts together, and then decode them.';

const impatience =
  'a pause is taken for the end, or a time limit is one for the whole greeting. Read until recv returns nothing, and begin the time limit anew with each part.';

export const ways: readonly Way[] = [
  {
    id: 'not-ascii',
    statement: 'C6',
    layer: 'is-correct',
    title: 'prints a greeting that is not ASCII, byte for byte',
    why: 'A program that knows only letters of English works until somebody greets it in another language.',
    did: 'sent a greeting in UTF-8 in one segment, and closed the connection',
    hints: { 'other-exit-code': otherEncoding, 'printed-otherwise': otherEncoding },
    pauseMs: 0,
    segments: (text) => [Buffer.from(`${text} grüßt dich, 世界`)],
  },
  {
    id: 'special-characters',
    statement: 'P1',
    layer: 'is-correct',
    title: 'prints a greeting with special characters, byte for byte',
    why: 'What a peer sent is data. Where it is taken for a format or a command, the peer decides what the program does.',
    did: 'sent a greeting with "%", "\\" and two spaces in one segment, and closed the connection',
    hints: { 'printed-otherwise': specialCharactersHint, 'printed-part': specialCharactersHint },
    pauseMs: 0,
    segments: (text) => [Buffer.from(`${text} ${SPECIAL_CHARACTERS}`)],
  },
  {
    id: 'byte-by-byte',
    statement: 'C1',
    layer: 'is-correct',
    title: 'reads a greeting that comes byte by byte',
    why: 'TCP carries a stream of bytes, and may divide it anywhere: on another network it does.',
    did: 'sent each byte of the greeting in a segment of its own',
    pauseMs: BYTES_APART_MS,
    segments: (text) => [...Buffer.from(text)].map((byte) => Buffer.of(byte)),
  },
  {
    id: 'split-character',
    statement: 'C1',
    layer: 'is-correct',
    title: 'reads a greeting that is divided within a character',
    why: 'A character has up to four bytes in UTF-8, and TCP knows nothing of characters.',
    did: 'sent the greeting in two segments, divided within the character "ü"',
    hints: { 'other-exit-code': halfCharacter, 'printed-otherwise': halfCharacter },
    pauseMs: 200,
    segments: (text) => [
      Buffer.concat([Buffer.from(`${text} gr`), UMLAUT.subarray(0, 1)]),
      Buffer.concat([UMLAUT.subarray(1), Buffer.from('ßt dich, 世界')]),
    ],
  },
  {
    id: 'long-greeting',
    statement: 'C1',
    layer: 'is-correct',
    title: `reads a greeting of ${LONGEST_GREETING.toLocaleString('en')} bytes`,
    why: 'What is longer than one segment, or than the buffer of recv, comes in several parts.',
    did: `sent a greeting of ${LONGEST_GREETING.toLocaleString('en')} bytes`,
    pauseMs: 0,
    segments: (text) => [
      Buffer.from(
        text.repeat(Math.ceil(LONGEST_GREETING / text.length)).slice(0, LONGEST_GREETING),
      ),
    ],
  },
  {
    id: 'not-utf8',
    statement: 'C6',
    layer: 'is-correct',
    title: 'prints a greeting that is not UTF-8, byte for byte',
    why: 'A client that decodes what it receives prints something else than it was sent, wherever that is no text.',
    did: 'sent a greeting in ISO 8859-1 in one segment, and closed the connection',
    hints: { 'other-exit-code': noText, 'printed-part': noText, 'printed-otherwise': noText },
    isAdvice: true,
    pauseMs: 0,
    segments: (text) => [Buffer.from(`${text} grüßt dich`, 'latin1')],
  },
  {
    id: 'slow-greeting',
    statement: 'C3',
    layer: 'is-robust',
    title: 'waits for a greeting that comes slowly',
    why: 'Only the end of the stream says that nothing more comes; a pause says nothing.',
    hints: { 'other-exit-code': impatience, 'printed-part': impatience },
    did: `sent the greeting in ${SLOW_PARTS} parts, ${SLOW_MS / 1000} s apart`,
    pauseMs: SLOW_MS,
    segments: (text) =>
      Array.from({ length: SLOW_PARTS }, (_, n) =>
        Buffer.from(n < SLOW_PARTS - 1 ? text.slice(3 * n, 3 * n + 3) : text.slice(3 * n)),
      ),
  },
];

/** A server that no greeting comes from: a client has to give up, and to say why. */
export interface Disappointment {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly did: string;
  /** What the client could have waited for. */
  readonly waitedFor: string;
  /** What the server does. Default: nothing, in a meeting that other checks are about as well. */
  readonly script?: (greeting: Buffer) => TcpScript | 'refuses';
}

export const disappointments: readonly Disappointment[] = [
  {
    id: 'silent',
    title: 'gives up on a server that says nothing',
    why: 'A server that hangs must not make all of its clients hang as well.',
    did: 'accepted the connection, and sent nothing',
    waitedFor: 'the greeting',
  },
  {
    id: 'refused',
    title: 'fails when the connection is refused',
    why: 'Whoever runs a client in a script knows by its exit code alone that it has failed.',
    did: 'started the program where nobody listens at SERVER_PORT',
    waitedFor: 'the connection',
    script: () => 'refuses',
  },
  {
    id: 'reset',
    title: 'fails when the connection is reset halfway',
    why: 'Half of a greeting looks like a whole one, unless the end of the connection is looked at.',
    did: 'sent half of the greeting, and reset the connection',
    waitedFor: 'the rest of the greeting',
    script: (greeting) => {
      const half = greeting.subarray(0, greeting.length / 2);
      return { segments: [half.toString('base64')], pauseMs: 300, end: 'reset' };
    },
  },
];
