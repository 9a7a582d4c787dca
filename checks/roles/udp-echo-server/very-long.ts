import type { Check } from '../../check.ts';
import type { UdpReply } from '../../peers/in-peer/udp-clients.ts';
import { echoHints, replyFinding } from './findings.ts';
import type { Fixture } from './fixture.ts';

/** Its echo still fits into a datagram over IPv4, of at most 65,507 bytes. */
const LENGTH = 65_000;
const LENGTH_TEXT = LENGTH.toLocaleString('en');
/** It travels in some 45 fragments, and is lost with any of them: a program is blamed where none of several comes back. */
const TRIES = 2;

/** @param enough how many bytes of it must be echoed (E2) */
export const veryLong = (enough: number): Check<Fixture> => ({
  id: 'very-long',
  statement: 'E2',
  layer: 'is-robust',
  title: `echoes the beginning of a datagram of ${LENGTH_TEXT} bytes`,
  why: 'Anybody can send a datagram that is longer than a buffer.',
  hints: {
    ...echoHints,
    'no-echo': 'the datagram does not fit into a buffer, and the error is taken for the end.',
    'program-ended': 'what does not fit into a buffer ends the program.',
  },
  run: async (fixture) => {
    const datagram = Buffer.alloc(LENGTH, fixture.message);
    const replies = await repliesTo(fixture, datagram);
    const did = `sent a datagram of ${LENGTH_TEXT} bytes`;
    return replyFinding(fixture, { datagram, replies, did, enough });
  },
});

async function repliesTo(fixture: Fixture, datagram: Buffer): Promise<readonly UdpReply[]> {
  for (let tries = 1; ; tries += 1) {
    const [replies = []] = await fixture.send([datagram]);
    const isOver = replies.length > 0 || tries === TRIES;
    if (isOver || !(await fixture.program.host.refresh()).isUp) return replies;
  }
}
