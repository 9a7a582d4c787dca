/** The one container in which the probes of this process run. */
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { containersWith } from '../../lab/engine/containers.ts';
import { OWNER, PURPOSE } from '../../lab/engine/labels.ts';
import { thisProcess } from '../../lab/engine/owner.ts';
import { baseImage, type Host, Lab } from '../../lab/index.ts';
import { observer } from '../../lab/probes/observer.ts';
import { Probe, runInProbe } from '../../lab/probes/probe.ts';
import { docker } from '../support/docker.ts';
import { programsIn } from '../support/programs-beside.ts';

let lab: Lab;
let one: Host;
let other: Host;
beforeAll(async () => {
  lab = await Lab.start();
  const idle = { image: baseImage(), entrypoint: ['sleep', 'infinity'], ready: 'running' } as const;
  [one, other] = await Promise.all([lab.startHost('one', idle), lab.startHost('other', idle)]);
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const look = (...command: string[]) => ({ verb: 'look at', command, capabilities: [] });

async function observers(): Promise<string[]> {
  const owned = await containersWith(`${OWNER}=${thisProcess}`);
  return owned.filter(({ Labels }) => Labels[PURPOSE] === 'observer').map(({ Id }) => Id);
}

test('the probes of two hosts run in one container, each in the network of its host', async () => {
  await using _capture = await lab.capture(['one', 'other']);
  const command = ['cat', '/proc/net/fib_trie'];
  const [mine = '', others = ''] = await Promise.all(
    [one, other].map((host) => runInProbe(host, look(...command))),
  );
  expect(await observers()).toHaveLength(1);
  expect(mine).toContain(one.ipv4);
  expect(others).toContain(other.ipv4);
});

test('a probe sees the interfaces of its host, and its own processes unless it shares those of the host', async () => {
  const command = ['sh', '-c', 'ls /sys/class/net; tr "\\0" " " < /proc/1/cmdline'];
  const alone = await runInProbe(one, look(...command));
  expect(alone).toBe(`eth0\nlo\n${command.join(' ')} `);
  const shared = await runInProbe(one, { ...look(...command), sharesProcesses: true });
  expect(shared).toMatch(/^eth0\nlo\n\S*docker-init -- sleep infinity $/);
});

test('a probe has the capabilities of its task and no other, and gets none back', async () => {
  const command = ['sh', '-c', 'grep -E "^(Cap|NoNewPrivs)" /proc/self/status'];
  const status = await runInProbe(one, { verb: 'look at', command, capabilities: ['NET_RAW'] });
  const NET_RAW = '0000000000002000';
  const none = '0000000000000000';
  expect(status.replaceAll('\t', '').trim().split('\n')).toEqual([
    `CapInh:${none}`,
    `CapPrm:${NET_RAW}`,
    `CapEff:${NET_RAW}`,
    `CapBnd:${NET_RAW}`,
    `CapAmb:${none}`,
    'NoNewPrivs:1',
  ]);
});

/** open_by_handle_at(2): the root folder of the file system that Docker keeps `/etc/hosts` of a container on. */
const OPEN_BY_HANDLE = `
  const { dlopen, getInt32 } = require('node:ffi');
  const { functions: libc } = dlopen(null, {
    open_by_handle_at: { arguments: ['int32', 'pointer', 'int32'], return: 'int32' },
    __errno_location: { arguments: [], return: 'pointer' },
  });
  const handle = Buffer.alloc(16);
  handle.set([8, 0, 0, 0, 1, 0, 0, 0, 2]); // its length, its type (an inode), and inode 2
  const opened = libc.open_by_handle_at(require('node:fs').openSync('/etc/hosts'), handle, 0);
  const errno = getInt32(libc.__errno_location());
  console.log(opened < 0 ? require('node:util').getSystemErrorName(-errno) : 'opened');`;

test('a probe that may read every file cannot open one outside its container', async () => {
  const node = ['node', '--experimental-ffi', '--no-warnings', '--eval', OPEN_BY_HANDLE];
  const capabilities = ['DAC_READ_SEARCH'];
  expect(await runInProbe(one, { ...look(...node), capabilities })).toBe('ENOSYS\n');
});

test('a process id that has been given to a process of another container is not entered', async () => {
  const start = { seesProcesses: false, capabilities: [], command: ['true'] };
  const running = await observer();
  expect(await running.run({ pid: other.pid, container: one.id, ...start })).toBeUndefined();
  expect(await running.run({ pid: one.pid, container: one.id, ...start })).toBeDefined();
});

test('a probe that nobody reads holds up no other', async () => {
  await using _chatty = await Probe.start(one, look('sh', '-c', 'yes & read -r line'));
  expect(await runInProbe(other, look('head', '-c', '20000000', '/dev/zero'))).toHaveLength(2e7);
});

test('what a probe has started ends with it', async () => {
  const script = 'sleep 1000 & sleep 1001 & echo started; read -r line';
  const probe = await Probe.start(one, look('sh', '-c', script));
  await once(probe.stdout, 'readable');
  const sleeps = async () =>
    (await programsIn(one)).filter(({ command }) => /^sleep 100/.test(command)).length;
  expect(await sleeps()).toBe(2);
  await probe.stop();
  await expect.poll(sleeps).toBe(0);
});

test('when the observer is killed its probes end, hosts go on, and the next probe has another', async () => {
  const probe = await Probe.start(one, look('sleep', '1000'));
  const [killed = ''] = await observers();
  await docker.getContainer(killed).kill();
  expect((await probe.ended).exitCode).toBe(137);
  expect(await runInProbe(one, look('echo', 'again'))).toBe('again\n');
  expect(await observers()).not.toContain(killed);
  expect((await programsIn(one)).map(({ command }) => command.trim()).sort()).toEqual([
    expect.stringMatching(/docker-init/),
    'sleep infinity',
  ]);
  await one.refresh();
  expect(one.state).toBe('running');
});

test('an observer that is not needed any more ends', async () => {
  await runInProbe(one, look('true'));
  await expect.poll(observers).toEqual([]);
});
