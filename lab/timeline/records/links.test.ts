import { expect, test } from 'vitest';
import { sentenceOf } from '../../explain/testing/words-of.ts';
import { call, endOf, passes } from '../testing/by-hand.ts';
import { CLIENT, handshake, SERVER, there } from '../testing/connection.ts';
import { callsOf, packetsOf, timelineOf } from '../testing/recorded.ts';

const MANY = 3000;
const LINKS_MAX = 500;
const SEGMENT_BYTES = 10;
/** Each segment leaves, arrives, belongs to a conversation, and is linked. */
const CHANGES_A_SEGMENT_MAX = 16;

/** One call that gives its kernel so many segments. */
function sendfileOf(segments: number) {
  const socket = { fd: 3, protocol: 'tcp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
  const result = segments * SEGMENT_BYTES;
  return timelineOf([
    ...handshake(0, 100),
    call('h1', 1, { call: 'sendfile', socket, result, tookNs: 5e9 }),
    ...Array.from({ length: segments }, (_, at) => {
      const seq = 101 + at * SEGMENT_BYTES;
      const data = '0123456789';
      return passes(there(2 + at / 10, { flags: 'A', seq, ack: 501, data, id: 3 + at }));
    }).flat(),
  ]);
}

test('a segment changes no more steps, however many came of its call before', () => {
  const [some, many] = [LINKS_MAX - 100, MANY].map((segments) => sendfileOf(segments).revision);
  expect(some).toBeLessThan(CHANGES_A_SEGMENT_MAX * (LINKS_MAX - 100));
  expect(many).toBeLessThan(CHANGES_A_SEGMENT_MAX * MANY);
});

test('a call is linked with its first segments, and its sentence says how many there were', () => {
  const { steps } = sendfileOf(MANY);
  const [sendfile] = callsOf(steps, 'sendfile');
  expect(sendfile?.links).toHaveLength(LINKS_MAX);
  expect(sentenceOf(sendfile)).toContain(`which sends them in ${MANY} segments.`);
  const linked = packetsOf(steps).filter(
    ({ links }) =>
      links.length > 0 && links[0]?.kind === 'caused-by' && links[0].to.id === sendfile?.id,
  );
  expect(linked).toHaveLength(LINKS_MAX);
});
