import { randomBytes } from 'node:crypto';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from 'testcontainers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { docker, nameInRun } from './support/docker.ts';
import { Host } from './support/host.ts';
import { roles } from './support/images.ts';

const ROOT = `${import.meta.dirname}/..`;
const project = nameInRun(inject('runId'), `compose-${randomBytes(3).toString('hex')}`);

/** The lab as it is shipped: only its name and its IPv6 prefix differ, so that it can run beside another one. */
let lab: StartedDockerComposeEnvironment | undefined;

beforeAll(async () => {
  const id = randomBytes(5).toString('hex');
  lab = await new DockerComposeEnvironment(ROOT, 'compose.yaml')
    .withBuild()
    .withProjectName(project)
    .withEnvironment({
      LAB_IPV6_SUBNET: `fd${id.replace(/(..)(....)(....)/, '$1:$2:$3')}::/64`,
      // Not the images of the lab that somebody may have here.
      LAB_IMAGES: project,
      LOG_FORMAT: 'json',
      TCP_CLIENT_INTERVAL_MS: '200',
    })
    .up();
}, 60_000);

afterAll(async () => {
  await lab?.down();
  const labels = [`com.docker.compose.project=${project}`];
  expect(await docker.listContainers({ all: true, filters: { label: labels } })).toEqual([]);
  expect(await docker.listNetworks({ filters: { label: labels } })).toEqual([]);
}, 60_000);

const exec = async (role: string, command: string[]) =>
  (lab as StartedDockerComposeEnvironment).getContainer(`${role}-1`).exec(command);

const hostOf = (role: string) => Host.attach(`${project}-${role}-1`);

test.for(roles)('%s is healthy', async (role) => {
  const container = docker.getContainer(`${project}-${role}-1`);
  await expect
    .poll(async () => (await container.inspect()).State.Health?.Status, { timeout: 20_000 })
    .toBe('healthy');
});

test('both conversations go on and on, between the addresses of two hosts', async () => {
  for (const [server, client, event] of [
    ['tcp-server', 'tcp-client', 'accepted'],
    ['udp-echo-server', 'udp-client', 'echoed'],
  ] as const) {
    const [serverHost, clientHost] = await Promise.all([hostOf(server), hostOf(client)]);
    expect((await serverHost.event(event, 3)).peer?.address).toBe(clientHost.ipv4);
    expect((await clientHost.event('received', 3)).peer?.address).toBe(serverHost.ipv4);
  }
});

test.for(roles)('%s is locked down', async (role) => {
  const { Config, HostConfig, NetworkSettings, Mounts } = await docker
    .getContainer(`${project}-${role}-1`)
    .inspect();
  expect(Config.User).toBe('1000:1000');
  expect(HostConfig).toMatchObject({
    ReadonlyRootfs: true,
    Privileged: false,
    Init: true,
    CapAdd: null,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges:true'],
    Memory: 128 * 1024 * 1024,
    PidsLimit: 64,
    LogConfig: { Type: 'json-file', Config: { 'max-size': '1m', 'max-file': '3' } },
  });
  expect(Object.keys(NetworkSettings.Networks)).toEqual([`${project}_lab`]);
  expect(Mounts).toEqual([]);
});

test.for(roles)('the process of %s really has no privilege', async (role) => {
  const status = await exec(role, ['cat', '/proc/1/status']);
  expect(status.output).toMatch(/^CapEff:\s+0+$/m);
  expect(status.output).toMatch(/^CapBnd:\s+0+$/m);
  expect(status.output).toMatch(/^NoNewPrivs:\s+1$/m);
  expect(status.output).toMatch(/^Uid:\s+1000\s/m);
  const write = await exec(role, ['touch', '/tmp/file']);
  expect(write.output).toContain('Read-only file system');
});

test('the network is internal, and has both families', async () => {
  expect(await docker.getNetwork(`${project}_lab`).inspect()).toMatchObject({
    Internal: true,
    EnableIPv6: true,
  });
});
