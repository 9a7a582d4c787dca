/** Hosts that cannot be started, and what is left of what could not: nothing. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Host, type HostOptions, Lab } from '../../lab/index.ts';
import { startDetached } from '../../lab/probes/detached-probe.ts';
import { commandLine } from '../support/command-line.ts';
import { docker } from '../support/docker.ts';
import { ours, python } from '../support/programs.ts';
import { probesOf } from '../support/remains.ts';

let lab: Lab;
/** For tests to which it does not matter what the host is doing. */
let somebody: Host;
beforeAll(async () => {
  lab = await Lab.start();
  somebody = await lab.startHost('somebody', waiting());
});
afterAll(() => lab?.[Symbol.asyncDispose]());

const waiting = (): HostOptions => ({ ...ours('tcp-client'), entrypoint: ['sleep', 'infinity'] });
const UPPER_CASE = `process.stdin
  .on('data', (chunk) => process.stdout.write(String(chunk).toUpperCase()))
  .on('end', () => process.stderr.write('bye'));`;
const NO_TEXT = Buffer.from([0xff, 0x00, 0x0a, 0xc3]);
const PRINTS = `
  const waiting = setInterval(() => undefined, 1000);
  process.exitCode = 3;
  process.once('SIGUSR2', () => clearInterval(waiting));
  process.stdout.write(Buffer.concat([Buffer.alloc(100_000, 'é'), Buffer.from([0xff, 0x00, 0x0a, 0xc3])]));
  console.error('why');`;
const namesNow = async () => (await lab.hosts()).map(({ name }) => name);

test('a command that is spawned in a host is talked to, and ends with its input', async () => {
  const { stdin, stdout, stderr } = await somebody.spawn(['node', '--eval', UPPER_CASE]);
  stdin.write('one');
  await once(stdout, 'readable');
  expect(String(stdout.read())).toBe('ONE');
  stdin.end('two');
  expect(await Promise.all([text(stdout), text(stderr)])).toEqual(['TWO', 'bye']);
});

test('what a traced host prints is read byte for byte from its start, and its end is waited for', async () => {
  let printed: Promise<[Buffer, string]> | undefined;
  const host = await lab.startHost('printing', {
    ...waiting(),
    entrypoint: ['node', '--eval', PRINTS],
    ready: /why/,
    traced: true,
    prepare: async (one) => {
      const { stdout, stderr } = await one.output();
      printed = Promise.all([buffer(stdout), text(stderr)]);
    },
  });
  expect(await host.ended({ timeoutMs: 0 })).toBe(false);
  await host.kill('SIGUSR2');
  expect(await host.ended({ timeoutMs: 60_000 })).toBe(true);
  expect(host.exitCode).toBe(3);
  const expected = Buffer.concat([Buffer.alloc(100_000, 'é'), NO_TEXT]);
  expect(await printed).toEqual([expected, 'why\n']);
});

test('of two hosts with one name that start at once, one starts', async () => {
  const both = await Promise.allSettled(
    ['twin', 'twin'].map((name) => lab.startHost(name, waiting())),
  );
  const failures = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  expect(failures).toEqual([expect.objectContaining({ code: 'HOST_EXISTS' })]);
  expect(failures[0]?.message).toBe(
    `Cannot start host "twin": lab "${lab.name}" has a host of that name already`,
  );
  expect((await namesNow()).filter((name) => name === 'twin')).toHaveLength(1);
});

test('a host that does not become ready is removed, and its name can be used again', async () => {
  const late = { ...waiting(), ready: /never/, timeoutMs: 500 };
  await expect(lab.startHost('late', late)).rejects.toMatchObject({ code: 'HOST_NOT_READY' });
  expect(await namesNow()).not.toContain('late');
  await lab.startHost('late', waiting());
  expect(await namesNow()).toContain('late');
});

test('a host that is not ready in time is told with its image and what it has logged', async () => {
  const { image } = waiting();
  const command = ['sh', '-c', 'echo "port 7000\u0007 taken"; sleep infinity'];
  const late = { image, entrypoint: command, ready: /never/, timeoutMs: 2000 };
  await expect(lab.startHost('deaf', late)).rejects.toThrow(
    `Cannot start host "deaf" from image "${image}": it had not logged a line that matches /never/ after 2 s. Its log:\n  port 7000\\u{7} taken`,
  );
});

test.for([/never/, 'healthy'] as const)(
  'a host that ends before it is ready (%s) is told at once, with its exit code',
  async (ready) => {
    const { image } = waiting();
    const ending = { image, entrypoint: ['sh', '-c', 'exit 3'], ready };
    const wanted = ready === 'healthy' ? 'was healthy' : 'logged a line that matches /never/';
    await expect(lab.startHost('brief', ending)).rejects.toThrow(
      `Cannot start host "brief" from image "${image}": it ended with exit code 3 before it ${wanted}. It logged nothing`,
    );
  },
);

test.for(['', 'a b', '-a', 'a.b', 'a/loss-1', 'x'.repeat(64)])(
  '"%s" cannot be the name of a host',
  async (name) => {
    await expect(lab.startHost(name, waiting())).rejects.toThrow(RangeError);
  },
);

test('repeating an action on a host is no error, and an impossible one names the host', async () => {
  const host = await lab.startHost('settled', waiting());
  await host.start();
  await host.pause();
  await expect(host.pause()).rejects.toThrow(
    /^Cannot pause host "settled": Container settled is already paused$/,
  );
  await host.unpause();
  await host.stop({ timeoutMs: 0 });
  await host.stop();
  expect(host.state).toBe('exited');
});

test('a host has the role of its image label, whatever their names', () => {
  expect(somebody.role).toBe('tcp-client');
});

test('a foreign program has the role of the service that it replaces', async () => {
  const { image } = python('tcp_server.py');
  const { id } = await docker.createContainer({
    Image: image,
    Labels: {
      'com.docker.compose.project': lab.name,
      'com.docker.compose.service': 'tcp-server',
      'com.docker.compose.container-number': '1',
      'socketlab.lab': lab.name,
    },
  });
  expect(await lab.find('tcp-server')).toMatchObject({ id, role: 'tcp-server' });
});

test('what "docker compose run" has started is a host, beside that of its service', async () => {
  const { image } = python('tcp_server.py');
  const labels = {
    'com.docker.compose.project': lab.name,
    'com.docker.compose.service': 'udp-client',
    'com.docker.compose.container-number': '1',
    'socketlab.lab': lab.name,
  };
  const name = `${lab.name}-udp-client-run-1f2e3d`;
  const [service, run] = await Promise.all([
    docker.createContainer({ Image: image, Labels: labels }),
    docker.createContainer({
      name,
      Image: image,
      Labels: { ...labels, 'com.docker.compose.oneoff': 'True' },
    }),
  ]);
  expect(await lab.find('udp-client')).toMatchObject({ id: service.id });
  expect(await lab.find('udp-client-run-1f2e3d')).toMatchObject({ id: run.id, role: 'udp-client' });
});

test('heal with the name of a host heals every fault that it is part of as a whole, and nothing elsewhere', async () => {
  const [here, there] = await Promise.all(
    ['here', 'there'].map((name) => lab.startHost(name, waiting())),
  );
  const partition = await lab.impair({ kind: 'partition', from: 'here', to: 'there' });
  const loss = await lab.impair({ kind: 'loss', percent: 1, from: 'there', to: 'here' });
  await Promise.all([here, there].map((host) => host?.pause()));
  const { exitCode, stdout } = await commandLine(lab.name, 'heal', 'here');
  const healed = stdout.split('\n').map((line) => line.split(':')[0]);
  expect({ exitCode, healed: healed.toSorted() }).toEqual({
    exitCode: 0,
    healed: [
      '',
      'healed here/paused',
      `healed ${loss.id}`,
      `healed ${partition.id}, here -> there`,
      `healed ${partition.id}, there -> here`,
    ],
  });
  const { paths, hosts } = await lab.heal(['there']);
  expect([...paths, ...hosts].map(({ id }) => id)).toEqual(['there/paused']);
});

test('the error says when the reaper cannot be pulled', async () => {
  const script = `
    import { Lab } from '${new URL('../../lab/index.ts', import.meta.url)}';
    await using lab = await Lab.start();
    await lab.startHost('only', { image: '${waiting().image}' }).catch(({ message }) => console.log(message));`;
  const args = ['--input-type=module', '--eval', script];
  const reaper = { TESTCONTAINERS_RYUK_DISABLED: '', RYUK_CONTAINER_IMAGE: '127.0.0.1:1/none:1' };
  const env = { ...process.env, ...reaper };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(stdout).toMatch(/^Cannot start host "only": testcontainers cannot pull its reaper; set /);
});

test('a lab is found by --project, whatever the environment says', async () => {
  for (const args of [
    ['hosts', '--project', lab.name],
    [`--project=${lab.name}`, 'hosts'],
  ]) {
    const { exitCode, stdout } = await commandLine('another', ...args);
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/^somebody /m),
    });
  }
});

test('the error for an unknown lab names those that run, with the command to use', async () => {
  expect(await Lab.names()).toContain(lab.name);
  const verbs = [['hosts', '--json'], ['faults'], ['capture', 'a'], ['watch', '--calls'], ['heal']];
  for (const args of [...verbs, ['break', 'kill', 'a b']]) {
    const { exitCode, stdout, stderr } = await commandLine(
      lab.name,
      ...args,
      '--project',
      'absent',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(
      'Cannot find lab "absent": no host of it exists. The labs that are running are ',
    );
    const typed = args.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
    expect(stderr).toContain(`; try: ./socketlab ${typed} --project `);
  }
});

test('an attached lab starts no hosts', async () => {
  const attached = await Lab.attach({ project: lab.name });
  await expect(attached.startHost('more', waiting())).rejects.toThrow(
    `Cannot start host "more": lab "${lab.name}" was attached`,
  );
});

test('a probe that cannot be started leaves no container', async () => {
  const starting = startDetached(somebody, {
    purpose: 'wire',
    verb: 'impair',
    name: `${lab.name}-no-such-program`,
    command: ['no-such-program'],
    capabilities: [],
  });
  await expect(starting).rejects.toThrow(/^Cannot impair host "somebody": /);
  await expect.poll(() => probesOf(somebody)).toEqual([]);
});
