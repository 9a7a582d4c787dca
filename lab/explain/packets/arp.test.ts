import { expect, test } from 'vitest';
import { passesAs } from '../../timeline/testing/by-hand.ts';
import { there } from '../../timeline/testing/connection.ts';
import { timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf, titleOf } from '../testing/words-of.ts';

function stepOf(destination: string, arp: Record<string, unknown>) {
  const addresses = { senderProtocolAddress: '10.0.0.1', targetProtocolAddress: '10.0.0.2' };
  const packet = { arp: { operation: 1, ...addresses, ...arp }, ethernet: { destination } };
  return timelineOf(passesAs(there(0), packet)).steps[0];
}
const [EVERYBODY, ONE] = ['ff:ff:ff:ff:ff:ff', '02:42:0a:00:00:02'];

test('a broadcast request asks every host', () => {
  expect(sentenceOf(stepOf(EVERYBODY, {}))).toMatch(
    /asks every host on the link which hardware address 10\.0\.0\.2 has/,
  );
});

test('a unicast request asks the host that is known already', () => {
  expect(sentenceOf(stepOf(ONE, {}))).toMatch(
    /asks the host that had 10\.0\.0\.2 whether it still does/,
  );
});

test.each([1, 2])('operation %i about its own address is an announcement', (operation) => {
  const step = stepOf(EVERYBODY, { operation, targetProtocolAddress: '10.0.0.1' });
  expect(sentenceOf(step)).toMatch(/announces to the link that it has 10\.0\.0\.1\./);
  expect(titleOf(step)).toBe('ARP announces 10.0.0.1');
});

test('a reply answers', () => {
  const step = stepOf(ONE, { operation: 2 });
  expect(sentenceOf(step)).toMatch(/answers with its hardware address/);
  expect(titleOf(step)).toBe('ARP reply');
});
