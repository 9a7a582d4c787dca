/** Engines that cannot make IPv6 networks: all goes on over IPv4 alone, and a line says so. */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { Lab } from '../../lab/index.ts';
import { CommandLine } from '../support/command-line.ts';
import { nameInRun } from '../support/docker.ts';
import { imageOf } from '../support/images.ts';
import { ours } from '../support/programs.ts';
import { NO_RULES, rulesOf } from '../support/remains.ts';
import { leftEngines, removeEngine, SecondEngine } from '../support/second-engine.ts';
import { converse, startStandby } from '../support/services.ts';

const ROOT = new URL('../..', import.meta.url).pathname;
const LAB = new URL('../../lab/index.ts', import.meta.url).href;
const ENGINE = new URL('../support/second-engine.ts', import.meta.url).href;
const nameOfRun = (what: string) =>
  nameInRun(inject('runId'), `${what}-${randomBytes(3).toString('hex')}`);

/** Of a lab of that engine, as JSON: what was reported of a host, and how asking for IPv6 failed. */
const SCRIPT = `
  import { Lab } from '${LAB}';
  await using lab = await Lab.start();
  await using another = await Lab.start();
  const { ipv4, ipv6, health } = await lab.startHost('server', { image: 'lab/tcp-server' });
  const { code } = await Lab.start({ ipv6: true }).catch((error) => error);
  console.log(JSON.stringify({ ipv4, ipv6, health, code }));`;

test('on an engine without IPv6 networks a lab comes up with IPv4 alone, and a line says why', async ({
  skip,
}) => {
  const { lacking } = SecondEngine;
  if (lacking) skip(`no second engine can be started, as ${lacking}`);
  await using engine = await SecondEngine.start(nameOfRun('engine'));
  const roles = ['tcp-server', 'tcp-client'] as const;
  await engine.load(
    Object.fromEntries(roles.map((role) => [imageOf(inject('runId'), role), `lab/${role}`])),
  );
  const variables = { DOCKER_HOST: engine.host, LAB_IMAGES: 'lab', NODE_IMAGE: 'lab/tcp-server' };
  const env = { ...process.env, ...variables, LAB_IPV6: '' };
  const run = promisify(execFile);

  const project = nameOfRun('ipv4');
  const up = ['up', '-d', '--no-build', '--project', project, ...roles];
  const { stderr } = await run(`${ROOT}socketlab`, up, { env });
  const lines = stderr.split('\n').filter((line) => line.startsWith('socketlab: '));
  expect(lines).toEqual([
    expect.stringMatching(/the lab has IPv4 alone, as this engine cannot .*: .*IPv6/),
  ]);
  const { ended } = new CommandLine(project, ['hosts', '--json'], variables);
  const hosts = JSON.parse((await ended).stdout);
  const ipv4 = expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/);
  expect(hosts).toHaveLength(2);
  for (const host of hosts) expect(host).toMatchObject({ health: 'healthy', ipv4 });
  expect(JSON.stringify(hosts)).not.toContain('fd50:');
  // The second time the network exists, and there is nothing to report.
  const again = await run(`${ROOT}socketlab`, up, { env });
  expect(again.stderr).not.toContain('socketlab: ');

  const script = ['--input-type=module', '--eval', SCRIPT];
  const started = await run(process.execPath, script, { env });
  const told = JSON.parse(started.stdout);
  expect(told).toEqual({ ipv4, health: 'healthy', code: 'ENGINE_FAILED' });
  expect(started.stderr).toMatch(/^socketlab: continuing with IPv4 alone\. .*IPv6.*\n$/);
  expect(await engine.docker('network', 'ls', '--quiet', '--filter', 'label=socketlab.lab')).toBe(
    '',
  );
});

test('a second engine ends with the process that started it, and nothing of it is left', async ({
  skip,
}) => {
  const { lacking } = SecondEngine;
  if (lacking) skip(`no second engine can be started, as ${lacking}`);
  const name = nameOfRun('engine');
  const script = `
    import { SecondEngine } from '${ENGINE}';
    await SecondEngine.start('${name}');
    console.log('ready');
    setInterval(() => undefined, 1e9);`;
  const starter = spawn(process.execPath, ['--input-type=module', '--eval', script]);
  await once(starter.stdout, 'data');
  expect(leftEngines((left) => left === name)).toEqual([name]);
  starter.kill('SIGKILL');
  await expect.poll(() => removeEngine(name)).toBe(true);
  expect(leftEngines((left) => left === name)).toEqual([]);
});

test('a lab of IPv4 alone can be asked for, and its instruments work', async () => {
  await using lab = await Lab.start({ ipv6: false });
  const [server, client] = await Promise.all([
    lab.startHost('tcp-server', ours('tcp-server')),
    startStandby(lab, 'tcp-client'),
  ]);
  expect([server.ipv6, client.ipv6]).toEqual([undefined, undefined]);
  const talk = () => converse(client, { SERVER_HOST: 'tcp-server', TIMEOUT_MS: 500 });
  await using capture = await lab.capture();
  expect((await talk()).exitCode).toBe(0);
  const partition = await lab.impair({ kind: 'partition', from: client.name, to: server.name });
  expect((await talk()).exitCode).toBe(1);
  await partition.heal();
  expect((await talk()).exitCode).toBe(0);
  expect(await rulesOf(server)).toEqual(NO_RULES);
  await capture.stop();
  const packets = await Array.fromAsync(capture);
  expect(packets.filter(({ packet }) => packet.tcp?.flags.syn).length).toBeGreaterThan(4);
});

test('LAB_IPV6 must be on or off', async () => {
  const script = `import { Lab } from '${LAB}'; await Lab.start().catch(({ message }) => console.log(message));`;
  const env = { ...process.env, LAB_IPV6: 'maybe' };
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout).toBe('LAB_IPV6 must be "on" or "off", but is "maybe"\n');
});
