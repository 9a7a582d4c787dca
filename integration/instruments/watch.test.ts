/** What a learner is shown of real hosts: calls and packets in the order of cause and effect. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sentenceOf, titleOf } from '../../lab/explain/testing/words-of.ts';
import { type Host, Lab, type Step, type Watch } from '../../lab/index.ts';
import { callsOf, lineOf, linkedSteps, packetsOf } from '../../lab/timeline/testing/recorded.ts';
import { families } from '../support/families.ts';
import { startConversation, startOnDemandClient } from '../support/on-demand-client.ts';
import { type Service, startPython, startService } from '../support/services.ts';
import { Watched } from '../support/watched.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const GREETING = '38 bytes "Hello, client! ';

describe('over TCP', () => {
  const pairs = [
    {
      of: 'our own',
      startServer: () => startService(lab, 'tcp-server'),
      program: 'tcp-client',
      calls: { write: 'write', end: 'shutdown', read: 'read' },
    },
    {
      of: 'Python',
      startServer: () => startPython(lab, 'tcp_server.py'),
      program: 'tcp_client.py',
      calls: { write: 'sendto', end: 'close', read: 'recvfrom' },
    },
  ] as const;

  describe.each(pairs)('a pair of $of', ({ startServer, program, calls }) => {
    let server: Service;
    let client: Host;
    let watch: Watch;
    let watched: Watched;
    const hosts = () => [server.name, client.name];
    beforeAll(async () => {
      const name = program.replace('_', '-').replace('.', '-');
      [server, client] = await Promise.all([
        startServer(),
        startOnDemandClient(lab, name, program),
      ]);
      watch = await lab.watch({ hosts: hosts() });
      watched = new Watched(watch);
    });
    afterAll(() => watch?.[Symbol.asyncDispose]());

    test.for(families)('is shown in the order of cause and effect, over %s', async (family) => {
      const steps = await conversation(watched, client, server[family[2]]);
      const [s, c] = hosts();
      const { write, end, read } = calls;
      expectInOrder(linesOf(steps), [
        `${c} socket AF_INET`,
        `${c} connect `,
        `${c}>${s} SYN`,
        `${s}>${c} SYN-ACK`,
        `${c}>${s} ACK`,
        `${s} accept `,
        `${s} ${write} ${GREETING}`,
        `${s}>${c} PSH-ACK ${GREETING}`,
        `${c} ${read} ${GREETING}`,
        `${c} ${read} 0 bytes`,
        `${c} close`,
        `${c}>${s} FIN-ACK`,
        `${s}>${c} ACK`,
      ]);
      expectInOrder(linesOf(steps), [
        `${s} ${write} ${GREETING}`,
        `${s} ${end}`,
        `${s}>${c} FIN-ACK`,
        `${c} ${read} 0 bytes`,
      ]);
      expect(packetsOf(steps).map(({ delivery }) => delivery)).not.toContain('lost');
      expect(packetsOf(steps).every(({ endNs }) => endNs !== undefined)).toBe(true);
    });

    test('has each call linked with what it caused, and with what let it return', async () => {
      const steps = await conversation(watched, client, server.ipv4);
      const [of, at] = [linksOf(steps), (name: string) => callsOf(steps, name)];
      expect(of(at('connect')[0], 'caused')).toEqual(['SYN']);
      // Neither program waits in `connect`: each asks later what became of it.
      expect(of(at('getsockopt')[0], 'completed-by')).toEqual(['SYN-ACK']);
      expect(of(at('accept')[0], 'completed-by')).toEqual(['ACK']);
      const greeting = [expect.stringContaining(GREETING)];
      expect(of(at(calls.write)[0], 'caused')).toEqual(greeting);
      const reads = at(calls.read).filter(({ host }) => host === client.name);
      expect(of(reads[0], 'completed-by')).toEqual(greeting);
      expect(of(reads.at(-1), 'completed-by')).toEqual(['FIN-ACK']);
      const ends = at(calls.end).find(({ host }) => host === server.name);
      expect(of(ends, 'caused')).toEqual(['FIN-ACK']);
      const close = at('close').find(({ host }) => host === client.name);
      expect(of(close, 'caused')).toEqual(['FIN-ACK']);
    });

    test('shows a lost SYN with its fault, and the SYN that repeats it', async () => {
      const path = { from: client.name, to: server.name, protocol: 'tcp' } as const;
      const loss = await lab.impair({ kind: 'loss', ...path, percent: 100, first: 1 });
      const steps = await conversation(watched, client, server.ipv4);
      const [lost, again] = packetsOf(steps).filter(({ packet }) => packet.tcp?.flags.syn);
      expect([lost, again].map(titleOf)).toEqual(['SYN', 'SYN']);
      expect(lost).toMatchObject({ delivery: 'lost', fates: [{ fate: 'lost' }] });
      expect(sentenceOf(lost)).toContain(
        `Lost: the wire's fault ${loss.directions[0]?.id} dropped`,
      );
      expect(again).toMatchObject({ delivery: 'arrived', isRetransmission: true });
      expect(linkedSteps(steps, again, 'repeats')).toEqual([lost]);
      await loss.heal();
      const changes = () => watched.of('fault').map(({ change, host }) => `${change} ${host}`);
      await expect
        .poll(changes)
        .toEqual(['applied', 'healed'].map((one) => `${one} ${server.name}`));
      expect(watched.of('fault')[0]?.settings.kind).toBe('loss');
    });
  });
});

describe('over UDP', () => {
  test('a datagram and its echo are shown from call to call', async () => {
    const [server, client] = await Promise.all([
      startPython(lab, 'udp_echo_server.py'),
      startOnDemandClient(lab, 'udp-client', 'udp-client'),
    ]);
    await using watch = await lab.watch({ hosts: [server.name, client.name] });
    const steps = await conversation(new Watched(watch), client, server.ipv4, 'udp');
    const [s, c] = [server.name, client.name];
    expectInOrder(linesOf(steps), [
      `${c} connect `,
      `${c} sendmsg `,
      `${c}>${s} UDP 17 bytes`,
      `${s} recvfrom 17 bytes`,
      `${s} sendto `,
      `${s}>${c} UDP 23 bytes`,
      `${c} recvmsg `,
      `${c} close`,
    ]);
    const [asked, echo] = packetsOf(steps);
    const callsFor = (step: Step | undefined, kind: string) =>
      linkedSteps(steps, step, kind).map((one) => one.kind === 'call' && one.call.call);
    expect(callsFor(asked, 'caused-by')).toEqual(['sendmsg']);
    expect(callsFor(asked, 'completed')).toEqual(['recvfrom']);
    expect(callsFor(echo, 'caused-by')).toEqual(['sendto']);
    expect(callsFor(echo, 'completed')).toEqual(['recvmsg']);
  });
});

/** Has a client talk once, and waits until both sides were seen to the end. */
async function conversation(
  watched: Watched,
  client: Host,
  to: string,
  protocol: 'tcp' | 'udp' = 'tcp',
): Promise<readonly Step[]> {
  const last = () => watched.lastConversation(protocol)[0]?.conversation;
  const before = last();
  await startConversation(client, to);
  await expect.poll(last).not.toBe(before);
  return watched.lastConversation(protocol);
}

const linesOf = (steps: readonly Step[]) => steps.map(lineOf);

/** The titles of the steps that one is linked with. */
function linksOf(steps: readonly Step[]) {
  return (step: Step | undefined, kind: string) => linkedSteps(steps, step, kind).map(titleOf);
}

/** Lines that begin so come in this order; others may be between them. */
function expectInOrder(lines: readonly string[], beginnings: readonly string[]): void {
  const found: string[] = [];
  for (const line of lines) {
    const next = beginnings[found.length];
    if (next !== undefined && line.startsWith(next)) found.push(next);
  }
  expect(found, lines.join('\n')).toEqual(beginnings);
}
