import { expect, test } from 'vitest';
import { call, endOf, passes, passesAs, type Sent } from '../../timeline/testing/by-hand.ts';
import { back, CLIENT, handshake, SERVER, there } from '../../timeline/testing/connection.ts';
import { packetsOf, timelineOf } from '../../timeline/testing/recorded.ts';
import { sentenceOf } from '../testing/words-of.ts';

const ipv4 = { source: endOf(CLIENT).address, destination: endOf(SERVER).address };
const ports = { sourcePort: endOf(CLIENT).port, destinationPort: endOf(SERVER).port };

/** That of an ICMP error about a packet that was sent. */
function saidOf(sent: Sent, type: number, code: number): string | undefined {
  const quoted =
    sent.flags === undefined
      ? { ipv4: { ...ipv4, identification: sent.id }, udp: ports }
      : { ipv4, tcp: { ...ports, sequenceNumber: sent.seq } };
  const report = passesAs(back(sent.atMs + 1, { id: 77 }), { icmp: { type, code, quoted } });
  const isFirst = sent.flags === undefined || sent.flags === 'S';
  const before = isFirst ? [] : handshake(0, 100);
  const { steps } = timelineOf([...before, ...passes(sent), ...report]);
  return sentenceOf(packetsOf(steps).at(-1));
}

const datagram = there(1, { data: 'x', id: 5 });
const syn = there(1, { flags: 'S', seq: 100, id: 5 });
const data = there(1, { flags: 'PA', seq: 101, ack: 501, data: 'x', id: 5 });

test('a connected socket learns that nobody has its port', () => {
  expect(saidOf(datagram, 3, 3)).toBe(
    "h2's kernel reports that nothing listens at port 50000. A connected socket learns of it with its next call.",
  );
});

test.each([
  ['network unreachable', 3, 0],
  ['host unreachable', 3, 1],
  ['time to live exceeded', 11, 0],
])('a datagram socket does not learn of "%s" by itself', (name, type, code) => {
  const sentence = saidOf(datagram, type, code);
  expect(sentence).toContain(`h2 reports "${name}" for a packet to port 50000. No call of h1`);
  expect(sentence).toContain('(IP_RECVERR)');
});

test.each([
  ['ENETUNREACH', 0],
  ['EHOSTUNREACH', 1],
  ['ECONNREFUSED', 3],
  ['EHOSTUNREACH', 13],
])('SYN that is answered so makes `connect` fail with %s', (error, code) => {
  expect(saidOf(syn, 3, code)).toContain(`h1's \`connect\` fails with ${error}.`);
});

test.each([0, 1, 3])('an open connection outlives an error of code %i', (code) => {
  expect(saidOf(data, 3, code)).toMatch(/keeps trying, and no call fails because of this alone\.$/);
});

test('a packet that is too big only makes those after it smaller', () => {
  for (const sent of [datagram, data])
    expect(saidOf(sent, 3, 4)).toMatch(/h1's kernel sends smaller packets there from now on\.$/);
});

test('a redirect is no error', () => {
  expect(saidOf(data, 5, 1)).toBe('h2 sends h1 ICMP redirect.');
});

test('the call that fails for it is named', () => {
  const socket = { fd: 3, protocol: 'udp', local: endOf(CLIENT), remote: endOf(SERVER) } as const;
  const quoted = { ipv4: { ...ipv4, identification: 5 }, udp: ports };
  const { steps } = timelineOf([
    ...passes(datagram),
    ...passesAs(back(2), { icmp: { type: 3, code: 3, quoted } }),
    call('h1', 1.5, { call: 'recv', socket, error: 'ECONNREFUSED', tookNs: 1e6 }),
  ]);
  expect(sentenceOf(packetsOf(steps).at(-1))).toMatch(
    /h1's `recv` fails with ECONNREFUSED because of it\.$/,
  );
});
