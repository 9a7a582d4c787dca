/**
 * A private network, and hosts on it: what a test needs, gone when the test is over.
 *
 * @example
 * await using lab = await Lab.start();
 * const server = await lab.host('tcp-server');
 * const client = await lab.host('tcp-client', { env: { SERVER_HOST: server.name } });
 * expect(await client.exitCode()).toBe(0);
 */
import { randomBytes } from 'node:crypto';
import { GenericContainer, StartupCheckStrategy, Wait } from 'testcontainers';
import { inject, onTestFailed } from 'vitest';
import { docker, nameInRun, RUN_LABEL } from './docker.ts';
import { Host } from './host.ts';
import { imageOf, type Role } from './images.ts';
import { saveOutput } from './save-output.ts';

export interface HostOptions {
  /** A name from `reserveName`, where others have to know the host before it starts. */
  readonly name?: string;
  readonly env?: Record<string, string | number>;
  /** When the host counts as started: servers when they serve, clients when they run. */
  readonly ready?: 'healthy' | 'running' | RegExp;
  /** Runs as root with these capabilities: only for what forges packets. */
  readonly capabilities?: readonly string[];
}

interface Program extends HostOptions {
  readonly image: string;
  readonly entrypoint?: string[];
  /** A file that is copied to `/peer/` in the container. */
  readonly file?: string;
}

const WITH_FORCE = { force: true, v: true };
const PEERS = `${import.meta.dirname}/../peers`;

export class Lab implements AsyncDisposable {
  readonly #network: string;
  readonly #runId: string;
  readonly #names: string[] = [];
  readonly #hosts: Host[] = [];

  private constructor(network: string, runId: string) {
    this.#network = network;
    this.#runId = runId;
  }

  /** Makes a network with IPv4 and IPv6, from which nothing outside can be reached. */
  static async start(): Promise<Lab> {
    const runId = inject('runId');
    const id = randomBytes(5).toString('hex');
    const network = nameInRun(runId, id);
    await docker.createNetwork({
      Name: network,
      Internal: true,
      EnableIPv6: true,
      // A unique local prefix with a random global ID (RFC 4193, section 3.2).
      IPAM: { Config: [{ Subnet: `fd${id.replace(/(..)(....)(....)/, '$1:$2:$3')}::/64` }] },
      Labels: { [RUN_LABEL]: runId },
    });
    const lab = new Lab(network, runId);
    onTestFailed(({ task }) => saveOutput(task.name, lab.#hosts));
    return lab;
  }

  /** A name for a host that is still to be started. */
  reserveName(kind: string): string {
    return nameInRun(this.#runId, `${kind}-${randomBytes(4).toString('hex')}`);
  }

  /** Starts one of our own services. */
  host(role: Role, options: HostOptions = {}): Promise<Host> {
    const ready = role.endsWith('server') ? 'healthy' : 'running';
    return this.#start(role, { image: imageOf(this.#runId, role), ready, ...options });
  }

  /** Starts a program of `integration/python/`: the lecture's own, in another language. */
  python(program: string, options: HostOptions = {}): Promise<Host> {
    const ready = program.includes('server') ? /listening/ : 'running';
    const entrypoint = ['python3', program];
    return this.#start('python', {
      image: imageOf(this.#runId, 'python'),
      ready,
      entrypoint,
      ...options,
    });
  }

  /** Starts a program of `integration/peers/`: a host that misbehaves, or that shows what really came over the wire. */
  peer(program: string, options: HostOptions = {}): Promise<Host> {
    const entrypoint = ['node', `/peer/${program}`];
    const peer = {
      image: imageOf(this.#runId, 'tcp-server'),
      entrypoint,
      file: `${PEERS}/${program}`,
    };
    return this.#start('peer', { ready: /ready/, ...peer, ...options });
  }

  /** Removes all there is, whatever goes wrong with some of it. */
  async [Symbol.asyncDispose](): Promise<void> {
    const hosts = this.#names.map((name) => docker.getContainer(name));
    const results = await Promise.allSettled(hosts.map((host) => host.remove(WITH_FORCE)));
    results.push(...(await Promise.allSettled([docker.getNetwork(this.#network).remove()])));
    const failures = results
      .filter((result) => result.status === 'rejected')
      .map(({ reason }) => reason)
      // A host that could not be started is not there: the test's own error says so.
      .filter(({ statusCode }) => statusCode !== 404);
    if (failures.length > 0) throw new AggregateError(failures, 'Cannot remove all of the lab');
  }

  async #start(kind: string, program: Program): Promise<Host> {
    const { name = this.reserveName(kind) } = program;
    const container = new GenericContainer(program.image)
      .withName(name)
      // A network mode, and no alias: an alias would put the container on the default bridge as well.
      .withNetworkMode(this.#network)
      .withLabels({ [RUN_LABEL]: this.#runId })
      .withEnvironment(asText(program.env ?? {}))
      .withWaitStrategy(waitFor(program.ready ?? 'running'));
    if (program.entrypoint) container.withEntrypoint(program.entrypoint);
    if (program.file) {
      const target = `/peer/${program.file.split('/').at(-1)}`;
      container.withCopyFilesToContainer([{ source: program.file, target, mode: 0o644 }]);
    }
    if (program.capabilities) {
      container.withUser('root').withAddedCapabilities(...program.capabilities);
    }
    this.#names.push(name);
    await container.start();
    const host = await Host.attach(name);
    this.#hosts.push(host);
    return host;
  }
}

/** A program that may end by itself at any time: there is nothing to wait for. */
class Running extends StartupCheckStrategy {
  override checkStartupState(): Promise<'SUCCESS'> {
    return Promise.resolve('SUCCESS');
  }
}

function waitFor(ready: NonNullable<HostOptions['ready']>) {
  if (ready instanceof RegExp) return Wait.forLogMessage(ready);
  return ready === 'healthy' ? Wait.forHealthCheck() : new Running();
}

function asText(env: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]));
}
