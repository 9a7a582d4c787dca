/** What a trace finds when it begins: connections in each state, and a `connect` in progress. */

import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sentenceOf, titleOf } from '../../lab/explain/testing/words-of.ts';
import { Lab, type Step } from '../../lab/index.ts';
import type { CallStep, PacketStep } from '../../lab/timeline/step.ts';
import { callsOf, linkedSteps, packetsOf } from '../../lab/timeline/testing/recorded.ts';
import { between } from '../../lab/util/nanoseconds.ts';
import { python } from '../support/programs.ts';
import { Service } from '../support/service.ts';
import { Watched } from '../support/watched.ts';

/** As `expect.poll` has it, which a hook has not. */
const soon = { timeout: 60_000, interval: 50 };

let lab: Lab;
let steps: readonly Step[];
beforeAll(async () => {
  lab = await Lab.start();
  const start = (name: string, ...args: string[]) =>
    Service.start(lab, name, {
      ...python('tcp_states.py'),
      command: ['tcp_states.py', ...args],
      ready: /listening|ready/,
    });
  const server = await start('server', 'server');
  const client = await start('client', 'client', 'server');
  const go = async ({ host, log }: Service, file: string, line: RegExp) => {
    await host.exec(['touch', file]);
    await log.line(line);
  };
  await using loss = await lab.impair({ kind: 'loss', ...path, percent: 100 });
  // The client first: its FIN must be in flight when the server's arrives.
  for (const one of [client, server]) await go(one, '/tmp/end', /^ended/);
  const wanted = sockets.map(([state]) => state).sort();
  await vi.waitFor(async () => expect(await statesOf(client)).toEqual(wanted), soon);
  await using watch = await lab.watch();
  const watched = new Watched(watch);
  await loss.heal();
  await Promise.all([client, server].map((one) => go(one, '/tmp/finish', /^finished/)));
  const closes = () => closesOf(watched.steps, 'client');
  await vi.waitFor(() => expect(closes()).toBe(CLIENT_CLOSES), soon);
  // Those that were lost are sent again by their kernel's timer.
  const again = () => finsOfBefore(watched.steps).length;
  await vi.waitFor(() => expect(again()).toBeGreaterThanOrEqual(3), soon);
  await watch.stop();
  await watched.ended;
  steps = watched.steps;
});
afterAll(() => lab[Symbol.asyncDispose]());

const path = { from: 'client', to: 'server' } as const;
const CLIENT_CLOSES = 8;

/** The client's connections, in the order in which they were made. */
const sockets = [
  [
    'ESTABLISHED',
    /was already connected to .* 12 bytes had arrived that its program had not read\.$/,
  ],
  ['FIN-WAIT-2', /client's FIN had been sent and acknowledged by then; .*\(FIN-WAIT-2\)\.$/],
  ['CLOSE-WAIT', /The peer's FIN had arrived by then; client can still send.*\(CLOSE-WAIT\)\.$/],
  ['FIN-WAIT-1', /client had sent FIN by then, and its ACK had not arrived yet \(FIN-WAIT-1\)\.$/],
  ['CLOSING', /Both had sent FIN by then.*\(CLOSING\)\.$/],
  ['LAST-ACK', /The peer's FIN had arrived by then, and client had sent its own.*\(LAST-ACK\)\.$/],
  [
    'SYN-SENT',
    /^client was already connecting .* had sent SYN, and no answer had arrived .* \(SYN-SENT\)\.$/,
  ],
  ['SYN-SENT', /^client was already connecting /],
] as const;

test.each(sockets.map((row, nth) => [...row, nth] as const))(
  'a connection in %s is reported as such',
  (state, sentence, nth) => {
    const step = presentOf('client').filter(({ call }) => call.socket?.protocol === 'tcp')[nth];
    expect(step?.call.state).toBe(state);
    expect(sentenceOf(step)).toMatch(sentence);
    expect(step?.conversation).toBeDefined();
  },
);

test('the other end of each connection has a state of its own, and is in the same conversation', () => {
  const [listening, ...others] = presentOf('server');
  expect(listening?.call).toMatchObject({ call: 'listen', state: 'LISTEN' });
  expect(others.map(({ call }) => call.state)).toEqual([
    'ESTABLISHED',
    'CLOSE-WAIT',
    'FIN-WAIT-2',
    'ESTABLISHED',
    'FIN-WAIT-1',
    'FIN-WAIT-2',
  ]);
  const ofClient = new Set(presentOf('client').map(({ conversation }) => conversation));
  for (const { conversation } of others) expect(ofClient).toContain(conversation);
});

test('a UDP socket is reported as bound, or with its peer', () => {
  const udp = presentOf('client').filter(({ call }) => call.socket?.protocol === 'udp');
  expect(udp.map(({ call }) => [call.call, call.state])).toEqual([
    ['connect', undefined],
    ['bind', undefined],
  ]);
  expect(sentenceOf(udp[0])).toMatch(/already had .*:9 as its peer .* nothing was sent for it\.$/);
});

test('a connect that was in progress returns with SYN-ACK, and its SYN is reported as a retransmission', () => {
  const [waited] = callsOf(steps, 'connect').filter(({ call }) => call.stage === 'returned');
  expect(sentenceOf(waited)).toMatch(/was already waiting in `connect` .* returns when SYN-ACK/);
  const [synAck] = linkedSteps(steps, waited, 'completed-by');
  expect(titleOf(synAck)).toBe('SYN-ACK');
  const pending = presentOf('client').filter(({ call }) => call.state === 'SYN-SENT');
  for (const step of pending) {
    const [syn] = linkedSteps(steps, step, 'caused');
    expect(titleOf(syn)).toBe('SYN');
    expect(syn).toMatchObject({ kind: 'packet', isRetransmission: true });
    expect(sentenceOf(syn)).toMatch(/^Sent again: an earlier one left before the trace began\./);
  }
  const asked = callsOf(steps, 'getsockopt').at(-1);
  expect(sentenceOf(asked)).toMatch(/SYN-ACK has arrived, so the socket is connected\.$/);
});

test('bytes that come later are linked, and not confused with those that were there before', () => {
  const reads = callsOf(steps, 'recvfrom').filter(({ host }) => host === 'client');
  const ofText = (text: string) => reads.find(({ call }) => call.data?.preview === text);
  expect(linkedSteps(steps, ofText('not yet read'), 'completed-by')).toEqual([]);
  const [segment] = linkedSteps(steps, ofText('more'), 'completed-by');
  expect(titleOf(segment)).toContain('4 bytes "more"');
  expect(titleOf(linkedSteps(steps, segment, 'caused-by')[0])).toContain('sendto 4 bytes "more"');
});

test('a direction that was shut down before the trace is not shut down again', () => {
  const closes = callsOf(steps, 'close');
  const ofBefore = closes.filter(({ finding }) => finding === 'fin-already-sent');
  // The client's four that had sent FIN, and the server's three.
  expect(ofBefore).toHaveLength(7);
  const ends = callsOf(steps, 'recvfrom').map(sentenceOf);
  expect(ends).toContainEqual(expect.stringMatching(/FIN arrived before the trace began/));
});

test('FIN that was not acknowledged before the trace is a retransmission when it is sent again', () => {
  const present = [...presentOf('client'), ...presentOf('server')];
  const closing = present.filter(({ call }) => UNACKNOWLEDGED_FIN.has(call.state));
  // One that left in the moment between the first packet and the list of sockets may be the first of them.
  const fins = closing.flatMap(({ host, conversation, atNs, call: { tookNs = 0 } }) =>
    packetsOf(steps).filter(
      (step) =>
        step.from === host &&
        step.conversation === conversation &&
        step.packet.tcp?.flags.fin &&
        between(atNs, step.atNs) > tookNs,
    ),
  );
  expect(fins.length).toBeGreaterThanOrEqual(3);
  expect(fins.filter(({ isRetransmission }) => !isRetransmission)).toEqual([]);
});

/** RFC 9293, section 3.3.2. */
const UNACKNOWLEDGED_FIN: ReadonlySet<unknown> = new Set(['FIN-WAIT-1', 'CLOSING', 'LAST-ACK']);

/** FIN of which an earlier one was sent before the trace. */
function finsOfBefore(all: readonly Step[]): PacketStep[] {
  const fins = packetsOf(all).filter(({ packet }) => packet.tcp?.flags.fin);
  return fins.filter(({ repeatCause }) => repeatCause === 'unseen');
}

function presentOf(host: string): CallStep[] {
  const calls = steps.filter((step): step is CallStep => step.kind === 'call');
  const present = calls.filter((step) => step.host === host && step.call.stage === 'present');
  return present.toSorted((a, b) => a.call.id - b.call.id);
}

function closesOf(all: readonly Step[], host: string): number {
  return callsOf(all, 'close').filter((step) => step.host === host).length;
}

/** As its kernel reports them, of its connections. */
async function statesOf({ host }: Service): Promise<string[]> {
  const { stdout } = await host.exec(['cat', '/proc/net/tcp']);
  const rows = stdout.toString().matchAll(/:C350 ([0-9A-F]{2}) /g);
  return [...rows].map(([, state = '']) => kernelStates[state] ?? state).sort();
}

/** include/net/tcp_states.h. */
const kernelStates: Readonly<Record<string, string>> = {
  '01': 'ESTABLISHED',
  '02': 'SYN-SENT',
  '04': 'FIN-WAIT-1',
  '05': 'FIN-WAIT-2',
  '08': 'CLOSE-WAIT',
  '09': 'LAST-ACK',
  '0B': 'CLOSING',
};
