import type { Finding, Hints } from '../../check.ts';
import type { UdpReply } from '../../peers/in-peer/udp-clients.ts';
import { differenceOf } from '../difference.ts';
import { ECHO_PREFIX, echoOf } from '../echo.ts';
import type { Fixture } from './fixture.ts';

/** Of `echoFinding`. */
export const echoHints: Hints = {
  'no-echo':
    'the server sends its reply to another address or port than the datagram came from, or has not read it at all.',
  'no-prefix': 'the bytes are sent back as they came, without "Echo: " in front.',
  'part-missing':
    'the buffer of recvfrom, or that of the reply, is too small, or the datagram is treated as text: stripped, or cut at a zero byte, as by strlen.',
  'more-bytes':
    'a newline is added; or more of the buffer is sent back than recvfrom has filled, which returns how much, and puts no zero byte behind it.',
  'other-echo':
    'the prefix is another one than the six bytes "Echo: ", or the datagram is treated as text, and decoded. Bytes that are no text do not survive that.',
  'more-datagrams': 'prefix and bytes are sent in two calls: each call is a datagram of its own.',
};

export const bytesOf = ({ bytes }: UdpReply) => Buffer.from(bytes, 'base64');

/** Sends one datagram, and looks whether its echo comes back, and nothing else. */
export async function echoFinding(
  fixture: Fixture,
  datagram: Buffer,
  what: string,
): Promise<Finding | undefined> {
  const [replies = []] = await fixture.send([datagram]);
  return replyFinding(fixture, { datagram, replies, did: `sent ${what}` });
}

interface Answered {
  readonly datagram: Buffer;
  readonly replies: readonly UdpReply[];
  readonly did: string;
  /** How many bytes of the datagram are enough to be echoed. Default: all of them. */
  readonly enough?: number;
}

/** Whether one datagram was answered with its echo, and with nothing else. Nobody is blamed for one that the kernel has dropped. */
export async function replyFinding(
  { replyMs, newlyDropped }: Pick<Fixture, 'replyMs' | 'newlyDropped'>,
  { datagram, replies, did, enough = datagram.length }: Answered,
): Promise<Finding | undefined> {
  const expected = echoOf(datagram);
  const [received = Buffer.alloc(0), ...others] = replies.map(bytesOf);
  const bytes = { expected, received };
  if (replies.length === 0 && (await newlyDropped()) > 0) return undefined;
  if (replies.length === 0)
    return { code: 'no-echo', did, waited: { for: 'the echo', ms: replyMs }, bytes };
  if (others.length > 0)
    return { code: 'more-datagrams', did, found: `${replies.length} datagrams in reply` };
  const isEnough = received.length >= ECHO_PREFIX.length + enough;
  if (isEnough && expected.subarray(0, received.length).equals(received)) return undefined;
  return { code: codeOf(datagram, received), did, bytes };
}

function codeOf(datagram: Buffer, received: Buffer): string {
  if (received.equals(datagram)) return 'no-prefix';
  const code = differenceOf(echoOf(datagram), received);
  return code === 'part-missing' || code === 'more-bytes' ? code : 'other-echo';
}
