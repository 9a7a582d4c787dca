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
    line: /'-5ms' is invalid. It must be a duration such as 500ms/,
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
