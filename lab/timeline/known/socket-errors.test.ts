/** Which call reports an ICMP error, where a socket over UDP has one (udp(7); ip(7), IP_RECVERR). */

import { expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../explain/testing/words-of.ts';
import { reportedError, requestOf } from '../../model/call-facts.ts';
import type { LabEvent } from '../../model/event.ts';
import type { Step } from '../step.ts';
import { type CallMore, call, endOf, passes, passesAs } from '../testing/by-hand.ts';
import { back, CLIENT, SERVER, there } from '../testing/connection.ts';
import { callsOf, linkedSteps, packetsOf, recorded, timelineOf } from '../testing/recorded.ts';

/** The calls that could report an error, each with the datagram that it reports one of. */
function reportsOf(steps: readonly Step[]): string[] {
  return steps.flatMap((step) => {
    const error = linkedSteps(steps, step, 'completed-by')[0];
    if (step.kind !== 'call' || error === undefined) return [];
    const [about] = linkedSteps(steps, error, 'reports');
    const [, text] = /"(.*)"/.exec(titleOf(about) ?? '') ?? [];
    const how =
      step.call.error ?? reportedError(step.call) ?? requestOf(step.call).flags?.join('|');
    return [`${step.call.call} ${how}: ${text}`];
  });
}

test('each ICMP error is linked with the one call that reports it', async () => {
  const { steps } = timelineOf(await recorded('refused-datagrams'));
  expect(reportsOf(steps)).toEqual([
    ...['sendto ECONNREFUSED: number 0', 'sendto ECONNREFUSED: number 0'],
    ...['getsockopt ECONNREFUSED: asked about', 'recvfrom ECONNREFUSED: read about'],
    ...['recvmsg MSG_ERRQUEUE: queued', 'sendto ECONNREFUSED: to one'],
  ]);
});

test('the sentence of a call that fails for an earlier message says that its own was never sent', async () => {
  const { steps } = timelineOf(await recorded('refused-datagrams'));
  const failed = callsOf(steps, 'sendto').filter(({ call }) => call.error);
  expect(failed.map((step) => linkedSteps(steps, step, 'caused'))).toEqual([[], [], []]);
  for (const step of failed) expect(sentenceOf(step)).toMatch(/Its own message was never sent\.$/);
  expect(sentenceOf(failed[0])).toContain(
    'An ICMP error for an earlier packet to port 50001 said so.',
  );
  // A socket without a peer that asks for its errors gets one about a peer when it sends to another.
  expect(failed[2]?.call.peer?.port).toBe(50_004);
  expect(sentenceOf(failed[2])).toContain('for an earlier packet to port 50003');
  const [read] = callsOf(steps, 'recvfrom').filter(({ call }) => call.error);
  expect(sentenceOf(read)).not.toContain('never sent');
});

test('the sentence of an error that no call reports says so', async () => {
  const { steps } = timelineOf(await recorded('refused-datagrams'));
  const unreported = packetsOf(steps).filter(
    (step) =>
      (step.packet.icmp ?? step.packet.icmpv6) &&
      linkedSteps(steps, step, 'completed').length === 0,
  );
  expect(unreported).toHaveLength(3);
  for (const step of unreported)
    expect(sentenceOf(step)).toMatch(/No call reports it: client closes the socket first\.$/);
});

const [local, remote] = [endOf(CLIENT), endOf(SERVER)];
const connected = { socket: { fd: 3, protocol: 'udp', local, remote } } as const;
const free = { socket: { fd: 3, protocol: 'udp', local } } as const;

function sends(atMs: number, id: number, to: CallMore = connected): LabEvent[] {
  const text = `number ${id}`;
  const sent = {
    ...to,
    peer: remote,
    result: text.length,
    arguments: { requestedBytes: text.length },
  };
  return [
    call('h1', atMs, { call: 'send', ...sent, data: { bytes: text.length, preview: text } }),
    ...passes(there(atMs, { data: text, id })),
  ];
}

function refuses(atMs: number, id: number, code = 3): LabEvent[] {
  const ipv4 = { source: local.address, destination: remote.address, identification: id };
  const udp = { sourcePort: local.port, destinationPort: remote.port };
  const icmp = { type: 3, code, quoted: { ipv4, udp } };
  return passesAs(back(atMs, { id: 100 + id }), { icmp });
}

const fails = (atMs: number, name: 'send' | 'recv', error: string, tookNs = 10_000) =>
  call('h1', atMs, { call: name, ...connected, error, tookNs });

/** What is said of the errors, in their order. */
function errorsOf(events: LabEvent[]): (string | undefined)[] {
  const { steps } = timelineOf(events);
  const errors = packetsOf(steps).filter(({ packet }) => packet.icmp);
  return errors.map((step) => sentenceOf(step)?.replace(/^.*50000\. /, ''));
}

test('the last error waits for a call: it has made none fail', () => {
  const events = [...sends(1, 1), ...refuses(1.2, 1), fails(2, 'send', 'ECONNREFUSED')];
  expect(errorsOf([...events, ...sends(3, 2), ...refuses(3.2, 2)])).toEqual([
    "h1's `send` fails with ECONNREFUSED because of it.",
    "It is pending at h1's socket until the next call: none has reported it yet.",
  ]);
});

test('a call that fails at once does not report an error that arrives just after it', () => {
  const events = [...sends(1, 1), ...refuses(1.2, 1), fails(1.3, 'send', 'ECONNREFUSED')];
  expect(errorsOf([...events, ...sends(1.4, 2), ...refuses(1.5, 2)])).toEqual([
    "h1's `send` fails with ECONNREFUSED because of it.",
    expect.stringContaining('none has reported it yet'),
  ]);
});

test('of two errors that wait, the later one is reported', () => {
  const events = [...sends(1, 1), ...sends(1.1, 2), ...refuses(2, 1), ...refuses(2.1, 2)];
  expect(errorsOf([...events, fails(9, 'recv', 'ECONNREFUSED')])).toEqual([
    'No call reports it: a later error replaced it at the socket.',
    "h1's `recv` fails with ECONNREFUSED because of it.",
  ]);
});

test('a call that fails with another error has not failed for it', () => {
  const events = [...sends(1, 1), ...refuses(1.2, 1), fails(5, 'send', 'EMSGSIZE')];
  expect(errorsOf(events)).toEqual([expect.stringContaining('none has reported it yet')]);
});

test('an unconnected socket gets no errors unless it asks for them', () => {
  const events = [...sends(1, 1, free), ...refuses(1.2, 1)];
  expect(errorsOf(events)).toEqual([expect.stringMatching(/^No call of h1 learns of it: /)]);
  const asks = call('h1', 0, {
    call: 'setsockopt',
    ...free,
    arguments: { option: 'IP_RECVERR', value: { kind: 'number', number: 1 } },
    result: 0,
  });
  expect(errorsOf([asks, ...events])).toEqual([
    expect.stringContaining('none has reported it yet'),
  ]);
});

test('a connected socket gets no errors that are not final, such as an unreachable host', () => {
  expect(errorsOf([...sends(1, 1), ...refuses(1.2, 1, 1)])).toEqual([
    expect.stringMatching(/No call of h1 learns of it/),
  ]);
});

test('an error that one process has not got is reported to another one that shares the socket', () => {
  const process = { pid: 2 };
  const child = call('h1', 0.5, { call: 'close', ...connected, process, result: 0 });
  const fails = call('h1', 9, { call: 'recv', ...connected, process, error: 'ECONNREFUSED' });
  expect(errorsOf([child, ...sends(1, 1), ...refuses(1.2, 1), fails])).toEqual([
    "h1's `recv` fails with ECONNREFUSED because of it.",
  ]);
});

test('a call of several messages that an error stops does not say why', () => {
  const messages = [{ bytes: 8, peer: remote }];
  const sent = { ...connected, peer: remote, result: 1, messages, tookNs: 500_000 };
  const events = [
    call('h1', 1, {
      call: 'sendmmsg',
      ...sent,
      arguments: { requestedBytes: 24, requestedMessages: 3 },
    }),
    ...passes(there(1, { data: 'number 1', id: 1 })),
    ...refuses(1.2, 1),
  ];
  expect(errorsOf(events)).toEqual([
    "h1's `sendmmsg` sends no more messages because of it, and does not say why.",
  ]);
  const [sender] = callsOf(timelineOf(events).steps, 'sendmmsg');
  expect(sentenceOf(sender)).toMatch(/The other 2 messages were never sent/);
});
