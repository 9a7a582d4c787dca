/** `step`: what becomes of packets that a script, or a person at a terminal, decides upon one by one. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, Lab } from '../../lab/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { families, familiesHere } from '../support/families.ts';
import { expectNothingLeft } from '../support/remains.ts';
import { converse, startService, startStandby } from '../support/services.ts';
import { Terminal } from '../support/terminal.ts';

let lab: Lab;
let server: Host;
let client: Host;
beforeAll(async () => {
  lab = await Lab.start();
  const service = startService(lab, 'tcp-server');
  [{ host: server }, client] = await Promise.all([service, startStandby(lab, 'tcp-client')]);
});
afterAll(() => lab[Symbol.asyncDispose]());

const HOSTS = ['tcp-client', 'tcp-server'];

/** Until packets are held both ways. */
async function holding(): Promise<void> {
  await expect.poll(async () => (await lab.faults()).paths[0]?.directions.length).toBe(2);
}

async function expectTalk(address: 'ipv4' | 'ipv6' = 'ipv4'): Promise<void> {
  // Each decision is a command that is run in a probe: a client is more patient here than by default.
  const env = { SERVER_HOST: server[address] ?? '', TIMEOUT_MS: 40_000 };
  expect((await converse(client, env)).exitCode).toBe(0);
}

const expectOrder = () => expectNothingLeft(lab, [server, client]);

test.for(families)('a SYN over %s that a script drops is sent again', async ([, , address]) => {
  const script = ['--script', 'drop,deliver,duplicate,delay:50ms'];
  const step = new CommandLine(lab.name, ['step', ...HOSTS, ...script]);
  await holding();
  await expectTalk(address);
  const { exitCode, stdout } = await step.ended;
  expect(exitCode).toBe(0);
  const [first, ...more] = stdout.trim().split('\n');
  expect(first).toMatch(
    /^1\. tcp-client -> tcp-server: .* TCP SYN seq=0 .* 0 bytes( \[.*\])? -> dropped$/,
  );
  expect(more[0]).toMatch(
    / TCP SYN seq=0 .* 0 bytes \(packet 1, sent again\)( \[.*\])? -> delivered$/,
  );
  // Where it takes its time until a packet gets there, others are sent again as well.
  expect(more[1]).toMatch(/ TCP SYN.* -> delivered twice$/);
  expect(more[2]).toMatch(/ TCP .* -> delayed by 50 ms$/);
  expect(more).toHaveLength(3);
  await expectOrder();
  await expectTalk(address);
});

test('at a terminal each key decides on a packet, and no line is wider than the terminal', async () => {
  await using terminal = new Terminal(lab.name, ['step', ...HOSTS, '--protocol', 'tcp']);
  await holding();
  const keys = async () => {
    await terminal.press('z', /\sSYN\s/);
    await terminal.press('x', /"z" does nothing here[\s\S]*\[q\]uit/);
    await terminal.press('d', /-> dropped[\s\S]*sent\s+again/);
    await terminal.press('q', /-> delivered\s+\d+\.\s/);
  };
  const [, , address] = familiesHere().at(-1) ?? families[0];
  await Promise.all([expectTalk(address), keys()]);
  expect(await terminal.exitCode()).toBe(0);
  expect(terminal.lines).toContainEqual(expect.stringContaining('-> delivered, as the hold ends'));
  expect(terminal.lines.filter((line) => line.length > 80)).toEqual([]);
  await expectOrder();
});

test('after "r" the rest of a conversation goes on by itself, and the next one is held', async () => {
  await using terminal = new Terminal(lab.name, ['step', ...HOSTS, '--protocol', 'tcp']);
  await holding();
  const pressed = terminal.press('r', /\sSYN\s/);
  await Promise.all([expectTalk(), pressed]);
  expect(terminal.shown).not.toMatch(/\n2\. /);
  const next = terminal.press('q', /\n2\. [\s\S]*\sSYN\s/);
  await Promise.all([expectTalk(), next]);
  expect(await terminal.exitCode()).toBe(0);
  await expectOrder();
});

test('Ctrl-C at the terminal delivers what is held, and leaves nothing', async () => {
  await using terminal = new Terminal(lab.name, ['step', ...HOSTS]);
  await holding();
  await Promise.all([expectTalk(), terminal.press('\u0003', /\sSYN\s/)]);
  expect(await terminal.exitCode()).toBe(0);
  await expectOrder();
});

test('q ends a step even when there is no packet to decide on', async () => {
  const args = ['step', ...HOSTS, '--protocol', 'tcp', '--port', '50000'];
  await using terminal = new Terminal(lab.name, args);
  await holding();
  await terminal.press('q', /\[q\]uit/);
  expect(await terminal.exitCode()).toBe(0);
  await expectOrder();
});

test.for(['SIGINT', 'SIGTERM'] as const)(
  '%s ends a script that waits for a packet',
  async (signal) => {
    const step = new CommandLine(lab.name, ['step', ...HOSTS, '--script', 'drop,drop']);
    await holding();
    step.kill(signal);
    expect(await step.ended).toMatchObject({ exitCode: 0, stdout: '' });
    await expectOrder();
    await expectTalk();
  },
);
