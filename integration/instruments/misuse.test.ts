/** What was asked for and cannot be: one clear line, and an exit code. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { CommandLine, commandLine } from '../support/command-line.ts';
import { probesOf } from '../support/remains.ts';
import { startService, startStandby } from '../support/services.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await Lab.start();
  await Promise.all([
    startService(lab, 'udp-echo-server'),
    startStandby(lab, 'udp-client'),
    startStandby(lab, 'tcp-client'),
  ]);
  await (await lab.find('tcp-client')).kill();
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const HOSTS = ['udp-client', 'udp-echo-server'];

const misuses = [
  {
    what: 'a host that is not there',
    args: ['break', 'loss', 'nobody', 'udp-client', '--percent', '30'],
    exitCode: 1,
    line: /Cannot find host "nobody" .*: the hosts are tcp-client, udp-client, udp-echo-server$/,
  },
  {
    what: 'a capture of a host that is not there',
    args: ['capture', 'nobody'],
    exitCode: 1,
    line: /Cannot find host "nobody"/,
  },
  {
    what: 'the same host twice',
    args: ['break', 'loss', 'udp-client', 'udp-client', '--percent', '30'],
    exitCode: 2,
    line: /from host "udp-client" to itself$/,
  },
  {
    what: 'more than 100 percent',
    args: ['break', 'loss', ...HOSTS, '--percent', '130'],
    exitCode: 2,
    line: /percent must be 100 or less, but is 130$/,
  },
  {
    what: 'a percentage that is no number',
    args: ['break', 'loss', ...HOSTS, '--percent', 'many'],
    exitCode: 2,
    line: /percent/,
  },
  {
    what: 'no percentage',
    args: ['break', 'loss', ...HOSTS],
    exitCode: 2,
    line: /--percent/,
  },
  {
    what: 'a negative delay',
    args: ['break', 'delay', ...HOSTS, '--delay=-5ms'],
    exitCode: 2,
    line: /Cannot delay host "udp-echo-server": delayMs must be 0 or more, but is -5$/,
  },
  {
    what: 'more jitter than delay',
    args: ['break', 'delay', ...HOSTS, '--delay', '5ms', '--jitter', '6ms'],
    exitCode: 2,
    line: /jitterMs must be at most delayMs \(5\), but is 6$/,
  },
  {
    what: 'a fault for no time',
    args: ['break', 'partition', ...HOSTS, '--for', '0s'],
    exitCode: 2,
    line: /forMs must be 1 or more, but is 0$/,
  },
  {
    what: 'a capture for less than no time',
    args: ['capture', '--for=-1s'],
    exitCode: 2,
    line: /'-1s' is invalid. It must be more than 0/,
  },
  ...['pause', 'kill', 'stop', 'restart', 'reset'].map((deed) => ({
    what: `a ${deed} of a host that has stopped`,
    args: ['break', deed, 'tcp-client'],
    exitCode: 1,
    line: new RegExp(`Cannot ${deed} host "tcp-client": it must be running, but is exited$`),
  })),
  {
    what: 'a step between a host and itself',
    args: ['step', 'udp-client', 'udp-client', '--script', 'drop'],
    exitCode: 2,
    line: /from host "udp-client" to itself$/,
  },
  {
    what: 'a step without a terminal',
    args: ['step', ...HOSTS],
    exitCode: 2,
    line: /Cannot step without a terminal: give the decisions with --script$/,
  },
  {
    what: 'a script with a word that there is not',
    args: ['step', ...HOSTS, '--script', 'deliver,loose'],
    exitCode: 2,
    line: /"loose" must be deliver, drop, duplicate or delay:TIME/,
  },
  {
    what: 'a duration without a unit',
    args: ['capture', '--for', '3'],
    exitCode: 2,
    line: /'3' is invalid. It must be a duration such as 500ms/,
  },
  {
    what: 'a protocol that there is not',
    args: ['break', 'partition', ...HOSTS, '--proto', 'sctp'],
    exitCode: 2,
    line: /"sctp"/,
  },
  {
    what: 'a port that there is not',
    args: ['break', 'partition', ...HOSTS, '--port', '65536'],
    exitCode: 2,
    line: /port must be 65535 or less, but is 65536$/,
  },
  {
    what: 'a host that has stopped, as the receiver',
    args: ['break', 'loss', 'udp-client', 'tcp-client', '--percent', '30'],
    exitCode: 1,
    line: /host "tcp-client": it must be running, but is exited$/,
  },
  {
    what: 'a host that has stopped, as the sender',
    args: ['break', 'loss', 'tcp-client', 'udp-client', '--percent', '30'],
    exitCode: 1,
    line: /host "tcp-client": it must be running, but is exited$/,
  },
  {
    what: 'a capture of a host that has stopped',
    args: ['capture', 'tcp-client'],
    exitCode: 1,
    line: /host "tcp-client": it must be running, but is exited$/,
  },
  {
    what: 'a fault that there is not',
    args: ['heal', 'udp-client/loss-7'],
    exitCode: 1,
    line: /Cannot heal .*"udp-client\/loss-7"/,
  },
  {
    what: 'a verb that there is not',
    args: ['brake'],
    exitCode: 2,
    line: /unknown command 'brake'/,
  },
];

test.for(misuses)('$what is one clear line, and exit code $exitCode', async (misuse) => {
  const { exitCode, stdout, stderr } = await commandLine(lab.name, ...misuse.args);
  expect({ exitCode, stdout }).toEqual({ exitCode: misuse.exitCode, stdout: '' });
  // Where a word was only misspelt, a guess follows.
  const [line, ...more] = stderr.trim().split('\n');
  expect(line).toMatch(/^socketlab: /);
  expect(line).toMatch(misuse.line);
  expect(more.filter((guess) => !guess.startsWith('(Did you mean'))).toEqual([]);
});

test('nothing was begun by what was refused', async () => {
  expect((await lab.faults()).paths).toEqual([]);
  for (const name of HOSTS) expect(await probesOf(await lab.find(name))).toEqual([]);
});

const verbs = [['hosts'], ['faults'], ['heal'], ['sweep'], ['capture']];

test.for(verbs)('without an engine, "%s" is one clear line and exit code 1', async (args) => {
  const env = { DOCKER_HOST: 'unix:///nonexistent' };
  const { exitCode, stderr } = await new CommandLine(lab.name, args, env).ended;
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^socketlab: Cannot .*: the Docker engine does not answer. .*\n$/);
});

test.for([['hosts'], ['capture'], ['faults']])(
  'without a lab, "%s" is one clear line and exit code 1',
  async (args) => {
    const { exitCode, stderr } = await commandLine('socketlab-that-is-not-up', ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^socketlab: Cannot find lab "socketlab-that-is-not-up": .*\n$/);
  },
);
