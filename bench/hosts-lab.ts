/** Starts and removes many clients, and looks at what they do. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import Dockerode, { type ContainerInfo } from 'dockerode';
import { type Kind, type Project, readProject, withClients } from './hosts-project.ts';

const TALK_DEADLINE_MS = 120_000;

export class HostsLab implements AsyncDisposable {
  readonly #docker = new Dockerode();
  readonly #project: Project;
  readonly #interrupted: AbortSignal;
  /** The project as it was started last. */
  #started: Project;

  private constructor(project: Project, interrupted: AbortSignal) {
    this.#project = project;
    this.#started = project;
    this.#interrupted = interrupted;
  }

  static async open(interrupted: AbortSignal): Promise<HostsLab> {
    return new HostsLab(await readProject(interrupted), interrupted);
  }

  /** Starts the servers, and so many clients; returns when Compose says that all are up. */
  async up(kind: Kind, scale: number): Promise<void> {
    this.#started = withClients(this.#project, kind, scale);
    await this.#compose(['up', '--detach', '--wait'], this.#interrupted);
  }

  /** @throws {Error} when some have not talked after two minutes */
  async untilAllTalk(): Promise<void> {
    const deadlineMs = performance.now() + TALK_DEADLINE_MS;
    let silent = await this.#clients();
    for (;;) {
      const talked = await Promise.all(silent.map(({ Id }) => this.#hasTalked(Id)));
      silent = silent.filter((_, n) => !talked[n]);
      if (silent.length === 0) return;
      if (performance.now() > deadlineMs) throw new Error(`${silent.length} clients do not talk`);
      await sleep(100, undefined, { signal: this.#interrupted });
    }
  }

  /** What a client has in memory, on average: without what the kernel can have back, as `docker stats` counts it. */
  async memoryMb(): Promise<number> {
    const clients = await this.#clients();
    const used = await Promise.all(clients.map(({ Id }) => this.#memoryBytes(Id)));
    return used.reduce((sum, bytes) => sum + bytes, 0) / used.length / 2 ** 20;
  }

  async down(): Promise<void> {
    await this.#compose(['down', '--timeout', '0', '--remove-orphans']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }

  #clients(): Promise<ContainerInfo[]> {
    const label = [`com.docker.compose.project=${this.#project.name}`];
    const list = this.#docker.listContainers({ filters: { label } });
    return list.then((all) => all.filter(({ Names }) => /-client-\d+$/.test(Names[0] ?? '')));
  }

  async #hasTalked(id: string): Promise<boolean> {
    const log = await this.#docker.getContainer(id).logs({ stdout: true, stderr: true });
    return /received \d+ bytes/.test(log.toString());
  }

  async #memoryBytes(id: string): Promise<number> {
    const container = this.#docker.getContainer(id);
    const { memory_stats } = await container.stats({ stream: false, 'one-shot': true });
    // The file cache has one name in version 2 of control groups, and another in version 1.
    const { inactive_file, total_inactive_file = inactive_file } =
      memory_stats.stats as unknown as {
        inactive_file: number;
        total_inactive_file?: number;
      };
    return memory_stats.usage - total_inactive_file;
  }

  /** @throws {Error} with what Compose said, when it fails */
  async #compose(args: string[], signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const compose = spawn('docker', ['compose', '--progress', 'quiet', '--file', '-', ...args], {
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let errors = '';
    compose.stderr.setEncoding('utf8').on('data', (part: string) => {
      errors += part;
    });
    const stop = () => compose.kill('SIGTERM');
    signal?.addEventListener('abort', stop, { once: true });
    compose.stdin.end(JSON.stringify(this.#started));
    const [code] = await once(compose, 'close');
    signal?.removeEventListener('abort', stop);
    signal?.throwIfAborted();
    if (code !== 0) throw new Error(`"docker compose ${args.join(' ')}" failed: ${errors}`);
  }
}
