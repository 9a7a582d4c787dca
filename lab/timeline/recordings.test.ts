import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../explain/testing/words-of.ts';
import {
  callsOf,
  linesOf,
  linkedSteps,
  packetsOf,
  recorded,
  timelineOf,
} from './testing/recorded.ts';

test('a conversation over TCP is in the order of cause and effect', async () => {
  const { steps, conversations } = timelineOf(await recorded('half-close'));
  expect(linesOf(steps)).toEqual([
    'client socket AF_INET, SOCK_STREAM',
    'client connect ADDRESS',
    'client>server SYN',
    'server>client SYN-ACK',
    'client>server ACK',
    'server accept ADDRESS',
    'client sendto 6 bytes "hello\\n"',
    'client>server PSH-ACK 6 bytes "hello\\n"',
    'server>client ACK',
    'server recvfrom 6 bytes "hello\\n"',
    'client shutdown SHUT_WR',
    'client>server FIN-ACK',
    'server recvfrom 0 bytes',
    'server sendto 6 bytes "HELLO\\n"',
    'server>client PSH-ACK 6 bytes "HELLO\\n"',
    'client>server ACK',
    'server close',
    'server>client FIN-ACK',
    'client>server ACK',
    'client recvfrom 6 bytes "HELLO\\n"',
    'client recvfrom 0 bytes',
    'client close',
  ]);
  expect(conversations).toMatchObject([
    {
      protocol: 'tcp',
      state: 'closed',
      client: { host: 'client' },
      server: { host: 'server', port: 50_000 },
      bytes: { toServer: 6, toClient: 6 },
      packets: 10,
      retransmissions: 0,
      lost: 0,
    },
  ]);
});

test('each call is linked with the packets that it caused, and that let it return', async () => {
  const { steps } = timelineOf(await recorded('half-close'));
  const titles = (name: string, kind: string, at = 0) =>
    linkedSteps(
      steps,
      callsOf(steps, name).filter(({ conversation }) => conversation)[at],
      kind,
    ).map(titleOf);
  expect(titles('connect', 'caused')).toEqual(['SYN']);
  expect(titles('connect', 'completed-by')).toEqual(['SYN-ACK']);
  expect(titles('accept', 'completed-by')).toEqual(['ACK']);
  expect(titles('sendto', 'caused')).toEqual(['PSH-ACK 6 bytes "hello\\n"']);
  expect(titles('recvfrom', 'completed-by')).toEqual(['PSH-ACK 6 bytes "hello\\n"']);
  expect(titles('recvfrom', 'completed-by', 1)).toEqual(['FIN-ACK']);
  expect(titles('shutdown', 'caused')).toEqual(['FIN-ACK']);
  expect(titles('close', 'caused')).toEqual(['FIN-ACK']);
  expect(titles('close', 'caused', 1)).toEqual([]);
});

test('a SYN that the wire lost is repeated by the one that gets through', async () => {
  const { steps, conversations } = timelineOf(await recorded('lost-syn'));
  const [lost, again, synAck] = packetsOf(steps);
  expect(lost).toMatchObject({
    delivery: 'lost',
    fates: [{ fate: 'lost' }],
    isRetransmission: false,
  });
  expect(again).toMatchObject({ delivery: 'arrived', isRetransmission: true });
  expect(linkedSteps(steps, lost, 'repeated-by')).toEqual([again]);
  expect(linkedSteps(steps, synAck, 'caused-by')).toEqual([again]);
  expect(sentenceOf(lost)).toMatch(
    /Lost: the wire's fault loss-1 dropped it\. .* sends it again 1\.\d+ s later/,
  );
  expect(sentenceOf(again)).toMatch(
    /^Sent again after 1\.\d+ s without an ACK: the first one was lost\./,
  );
  expect(conversations[0]).toMatchObject({ lost: 1, retransmissions: 1, state: 'closed' });
});

test('bytes that were sent again are those of the same call, and counted once', async () => {
  const { steps, conversations } = timelineOf(await recorded('lost-data'));
  const again = packetsOf(steps).find(({ isRetransmission }) => isRetransmission);
  const [first] = linkedSteps(steps, again, 'repeats');
  expect(first).toMatchObject({ delivery: 'lost' });
  expect(titleOf(first)).toBe(titleOf(again));
  expect(linkedSteps(steps, again, 'caused-by')).toEqual(linkedSteps(steps, first, 'caused-by'));
  const reader = linkedSteps(steps, again, 'completed')[0];
  expect(reader).toMatchObject({ kind: 'call', call: { call: 'recvfrom', result: 50 } });
  expect(linkedSteps(steps, first, 'completed')).toEqual([]);
  expect(conversations[0]?.bytes).toEqual({ toServer: 60, toClient: 60 });
  expect(packetsOf(steps).map(sentenceOf).join()).toContain(
    'acknowledges the first 10 bytes once more',
  );
});

test('a close with bytes unread is linked with its RST, and with the call that gets ECONNRESET', async () => {
  const { steps, conversations } = timelineOf(await recorded('reset'));
  const reset = packetsOf(steps).find(({ packet }) => packet.tcp?.flags.rst);
  expect(linkedSteps(steps, reset, 'caused-by')).toMatchObject([
    { host: 'server', call: { call: 'close' } },
  ]);
  expect(linkedSteps(steps, reset, 'completed')).toMatchObject([
    { host: 'client', call: { call: 'recvfrom', error: 'ECONNRESET' } },
  ]);
  expect(conversations[0]?.state).toBe('reset');
});

test('a refused connect is completed by RST, a refused datagram by an ICMP error', async () => {
  const { steps, conversations } = timelineOf(await recorded('refused'));
  expect(conversations.map(({ protocol, state }) => `${protocol} ${state}`)).toEqual([
    'tcp refused',
    'udp refused',
  ]);
  const [syn, rst, datagram, icmp] = packetsOf(steps);
  expect(sentenceOf(rst)).toBe('RST: nothing listens at port 50001 of server.');
  expect(linkedSteps(steps, rst, 'completed')).toMatchObject([{ call: { error: 'ECONNREFUSED' } }]);
  expect(linkedSteps(steps, rst, 'caused-by')).toEqual([syn]);
  expect(linkedSteps(steps, icmp, 'reports')).toEqual([datagram]);
  expect(linkedSteps(steps, icmp, 'completed')).toMatchObject([
    { call: { error: 'ECONNREFUSED' } },
  ]);
  expect(sentenceOf(icmp)).toContain('nothing listens at port 50001');
});

test('a datagram belongs between the call that sent it and the call that got it', async () => {
  const { steps, conversations } = timelineOf(await recorded('udp'));
  const datagrams = packetsOf(steps);
  expect(datagrams.map(({ delivery }) => delivery)).toEqual([
    ...['arrived', 'arrived', 'arrived', 'arrived', 'lost', 'arrived', 'arrived'],
  ]);
  for (const datagram of datagrams) {
    expect(linkedSteps(steps, datagram, 'caused-by')).toMatchObject([{ call: { call: 'sendto' } }]);
    const readers = datagram.delivery === 'lost' ? [] : [{ call: { call: 'recvfrom' } }];
    expect(linkedSteps(steps, datagram, 'completed')).toMatchObject(readers);
  }
  expect(conversations).toMatchObject([{ lost: 1, bytes: { toServer: 24, toClient: 18 } }]);
  // The server's socket is for every client.
  expect(callsOf(steps, 'bind')[0]?.conversation).toBeUndefined();
});

test('fragments belong to the conversation of the first, and the call to the whole datagram', async () => {
  const { steps, conversations } = timelineOf(await recorded('fragments'));
  const fragments = packetsOf(steps).filter(({ from }) => from === 'client');
  expect(fragments.map((step) => titleOf(step)?.replace(/ ".*/, ''))).toEqual([
    'UDP fragment 1472 bytes',
    'fragment 1480 bytes at 1480',
    'fragment 1048 bytes at 2960',
  ]);
  expect(linkedSteps(steps, fragments[0], 'completed')).toMatchObject([{ call: { result: 4000 } }]);
  expect(conversations).toMatchObject([{ packets: 6, bytes: { toServer: 4000, toClient: 4000 } }]);
});

test('a write that takes several segments is linked with all, and so is a read', async () => {
  const { steps } = timelineOf(await recorded('large'));
  const [first, second, third] = callsOf(steps, 'sendto').filter(
    ({ conversation }) => conversation,
  );
  expect(linkedSteps(steps, first, 'caused')).toHaveLength(2);
  const [read] = callsOf(steps, 'recvfrom').filter(({ call }) => call.result === 12_000);
  expect(linkedSteps(steps, read, 'completed-by')).toEqual(linkedSteps(steps, first, 'caused'));
  const both = callsOf(steps, 'recvfrom').find(({ call }) => call.result === 24_000);
  const sent = [second, third].flatMap((call) => linkedSteps(steps, call, 'caused'));
  expect(linkedSteps(steps, both, 'completed-by')).toEqual(sent);
});

test('of 100 interleaved conversations each call goes with its own packets', async () => {
  const { steps, conversations } = timelineOf(await recorded('interleaved'));
  expect(conversations).toHaveLength(100);
  for (const { id, state, bytes } of conversations) {
    expect(state).toBe('closed');
    const own = steps.filter(({ conversation }) => conversation === id);
    const said = own.flatMap((step) =>
      step.kind === 'call' ? (step.call.data?.preview ?? []) : [],
    );
    const words = said.filter((text) => text !== '').map((text) => text.toLowerCase());
    expect(new Set(words).size).toBe(1);
    expect(words).toHaveLength(4);
    expect(bytes).toEqual({ toServer: words[0]?.length, toClient: words[0]?.length });
    for (const name of ['connect', 'accept', 'recvfrom', 'sendto', 'shutdown']) {
      const links = callsOf(own, name).flatMap((call) => call.links);
      expect(links.length, `${name} of ${id}`).toBeGreaterThan(0);
      expect(links.every(({ to }) => own.some((step) => step.id === to.id))).toBe(true);
    }
  }
});

test('a call that waits stands behind the packet that let it return, whatever its own clock says', async () => {
  const { steps } = timelineOf(await recorded('interleaved'));
  const places = new Map(steps.map(({ id }, place) => [id, place]));
  const waiting = ['accept', 'recvfrom'].flatMap((name) => callsOf(steps, name));
  const links = waiting.flatMap(({ id, links }) => links.map(({ to }) => [to.id, id] as const));
  expect(links.length).toBeGreaterThan(400);
  for (const [packet, call] of links) {
    expect(places.get(packet)).toBeLessThan(places.get(call) ?? 0);
  }
});
