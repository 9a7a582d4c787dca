import { expect, test } from 'vitest';
import { fate, leaves } from '../../timeline/testing/by-hand.ts';
import { handshake, there } from '../../timeline/testing/connection.ts';
import { packetsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf } from '../testing/words-of.ts';

test.each([
  ['an ACK', { flags: 'A' }, 'A later ACK makes up for it.'],
  ['bytes', { flags: 'PA', data: 'hello' }, 'h1 does not know yet.'],
  ['RST', { flags: 'RA' }, 'RST is not retransmitted: h2 finds out when it sends next.'],
])('the sentence of %s that is lost says what follows', (_, segment, sentence) => {
  const sent = there(5, { seq: 101, ack: 501, id: 9, ...segment });
  const { steps } = timelineOf([...handshake(0, 100), leaves(sent), fate(sent, 'lost')]);
  expect(sentenceOf(packetsOf(steps).at(-1))).toContain(
    `Lost: the wire's fault lost-1 dropped it. ${sentence}`,
  );
});
