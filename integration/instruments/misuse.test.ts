/** What was asked for and cannot be: one clear line, and an exit code. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { runInProbe } from '../../lab/probes/probe.ts';
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
    line: /--percent must be a number from 0 to 100, but is 130$/,
  },
  {
    what: 'a percentage that is no number',
    args: ['break', 'loss', ...HOSTS, '--percent', 'many'],
    exitCode: 2,
    line: /--percent must be a number from 0 to 100, but is many$/,
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
    line: /--delay must be a duration from 0ms to 24h, as in 500ms or 2m, but is -5ms$/,
  },
  {
    what: 'more jitter than delay',
    args: ['break', 'delay', ...HOSTS, '--delay', '5ms', '--jitter', '6ms'],
    exitCode: 2,
    line: /--jitter must be at most --delay, 5ms, but is 6ms$/,
  },
  {
    what: 'a fault for no time',
    args: ['break', 'partition', ...HOSTS, '--for', '0s'],
    exitCode: 2,
    line: /--for must be a duration from 1ms to 24h, .*, but is 0s$/,
  },
  {
    what: 'a capture for less than no time',
    args: ['capture', '--for=-1s'],
    exitCode: 2,
    line: /--for must be a duration from 1ms .*, but is -1s$/,
  },
  ...['pause', 'kill', 'stop', 'restart', 'reset'].map((verb) => ({
    what: `a ${verb} of a host that has stopped`,
    args: ['break', verb, 'tcp-client'],
    exitCode: 1,
    line: new RegExp(`Cannot ${verb} host "tcp-client": it must be running, but is exited$`),
  })),
  {
    what: 'a step between a host and itself',
    args: ['step', 'udp-client', 'udp-client', '--script', 'drop'],
    exitCode: 2,
    line: /from host "udp-client" to itself$/,
  },
  {
    what: 'a step of packets of port 0',
    args: ['step', ...HOSTS, '--port', '0', '--script', 'drop'],
    exitCode: 2,
    line: /--port must be a whole number from 1 to 65535, but is 0$/,
  },
  {
    what: 'both ways and one way',
    args: ['break', 'partition', ...HOSTS, '--both-ways', '--one-way'],
    exitCode: 2,
    line: /'--both-ways' cannot be used with option '--one-way'$/,
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
    line: /--for must be a duration .*, as in 500ms or 2m, but is 3$/,
  },
  {
    what: 'a protocol that there is not',
    args: ['break', 'partition', ...HOSTS, '--protocol', 'sctp'],
    exitCode: 2,
    line: /'sctp' is invalid. Allowed choices are tcp, udp, icmp.$/,
  },
  {
    what: 'a port that there is not',
    args: ['break', 'partition', ...HOSTS, '--port', '65536'],
    exitCode: 2,
    line: /--port must be a whole number from 1 to 65535, but is 65536$/,
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
    what: 'a capture into a folder that there is not',
    args: ['capture', '-o', '/none/lab.pcapng'],
    exitCode: 1,
    line: /Cannot write "\/none\/lab.pcapng": there is no folder "\/none"$/,
  },
  {
    what: 'a fault that there is not',
    args: ['heal', 'loss-3f9a'],
    exitCode: 1,
    line: /Cannot heal .*"loss-3f9a"/,
  },
  {
    what: 'a verb that there is not',
    args: ['brake'],
    exitCode: 2,
    line: /unknown command 'brake' \(Did you mean break\?\)$/,
  },
  {
    what: 'a kind that there is not',
    args: ['break', 'losss', ...HOSTS],
    exitCode: 2,
    line: /unknown command 'losss' \(Did you mean loss\?\)$/,
  },
];

test.for(misuses)('$what is one clear line, and exit code $exitCode', async (misuse) => {
  const { exitCode, stdout, stderr } = await commandLine(lab.name, ...misuse.args);
  expect({ exitCode, stdout }).toEqual({ exitCode: misuse.exitCode, stdout: '' });
  expect(stderr).toMatch(/^socketlab: .*\n$/);
  expect(stderr.trim()).toMatch(misuse.line);
});

test('a kernel that cannot queue packets is one clear line', async () => {
  const host = await lab.find('udp-client');
  const wire = ['node', '--experimental-ffi', '--no-warnings', 'lab/in-probe/wire/main.ts'];
  const impairing = runInProbe(host, {
    verb: 'impair',
    // This machine's kernel can: strace answers in its place.
    command: [
      'strace',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '--inject=socket:error=EPROTONOSUPPORT',
      ...wire,
    ],
    capabilities: ['NET_ADMIN', 'NET_RAW'],
  });
  await expect(impairing).rejects.toThrow(
    /^Cannot impair host "udp-client": This machine's kernel cannot queue packets: it needs .*\(socket failed: EPROTONOSUPPORT\)$/,
  );
});

test('a host that is paused already is named by its name', async () => {
  const host = await lab.find('udp-client');
  await host.pause();
  const { stderr } = await commandLine(lab.name, 'break', 'pause', 'udp-client');
  await host.unpause();
  expect(stderr).toMatch(
    /^socketlab: Cannot pause host "udp-client": .*udp-client is already paused\n$/,
  );
});

test('commands that were refused have begun nothing', async () => {
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
