import { randomBytes } from 'node:crypto';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from 'testcontainers';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { Lab } from '../lab/index.ts';
import { docker, nameInRun } from './support/docker.ts';
import { roles } from './support/images.ts';
import { Service } from './support/service.ts';

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
      LAB_IPV6: String(inject('lacksIpv6') === ''),
      // Not the images of the lab that somebody may have here.
      LAB_IMAGES: project,
      LOG_FORMAT: 'json',
      TCP_CLIENT_INTERVAL_MS: '200',
    })
    .up();
});

afterAll(async () => {
  await lab?.down();
  const labels = [`com.docker.compose.project=${project}`];
  expect(await docker.listContainers({ all: true, filters: { label: labels } })).toEqual([]);
  expect(await docker.listNetworks({ filters: { label: labels } })).toEqual([]);
});

const hostOf = async (role: string) => (await Lab.attach({ project })).find(role);
const serviceOf = async (role: string) => new Service(await hostOf(role));

test.for(roles)('%s is healthy', async (role) => {
  const host = await hostOf(role);
  await expect.poll(async () => (await host.refresh()).health).toBe('healthy');
});

test('both conversations are repeated, between the addresses of two hosts', async () => {
  for (const [server, client, event] of [
    ['tcp-server', 'tcp-client', 'accepted'],
    ['udp-echo-server', 'udp-client', 'echoed'],
  ] as const) {
    const [atServer, atClient] = await Promise.all([serviceOf(server), serviceOf(client)]);
    expect((await atServer.log.event(event, 3)).peer?.address).toBe(atClient.ipv4);
    expect((await atClient.log.event('received', 3)).peer?.address).toBe(atServer.ipv4);
  }
});

test.for(roles)('%s is locked down', async (role) => {
  const { id } = await hostOf(role);
  const container = docker.getContainer(id);
  const { Config, HostConfig, NetworkSettings, Mounts } = await container.inspect();
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

test.for(roles)('the process of %s has no privilege', async (role) => {
  const host = await hostOf(role);
  const status = String((await host.exec(['cat', '/proc/1/status'])).stdout);
  expect(status).toMatch(/^CapEff:\s+0+$/m);
  expect(status).toMatch(/^CapBnd:\s+0+$/m);
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  expect(status).toMatch(/^Uid:\s+1000\s/m);
  const write = await host.exec(['touch', '/tmp/file']);
  expect(String(write.stderr)).toContain('Read-only file system');
});

test('the network is internal, and has the IP versions of this engine', async () => {
  expect(await docker.getNetwork(`${project}_lab`).inspect()).toMatchObject({
    Internal: true,
    EnableIPv6: inject('lacksIpv6') === '',
  });
});
