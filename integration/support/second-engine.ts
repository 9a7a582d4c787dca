/**
 * A second Docker engine on this machine, in namespaces of its own: what it mounts, its networks and its processes end with it,
 * and it ends with the process that started it, also when that is killed. What it leaves in folders, `sweep` removes.
 */
import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { rm, rmdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** Not /tmp, which may be in memory. */
const FOLDER = '/var/tmp';
const CGROUPS = '/sys/fs/cgroup';
const NAMESPACES = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Its own /run, as the sockets of containers are there. */
const PREPARE = 'mount -t tmpfs tmpfs /run && ip link set lo up';
/** As it is in a kernel without IPv6, and where an engine may not write to /proc. */
const WITHOUT_IPV6 = 'mount -t tmpfs tmpfs /proc/sys/net/ipv6';

export class SecondEngine implements AsyncDisposable {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  readonly #name: string;
  readonly #process: ChildProcess;

  private constructor(name: string, child: ChildProcess) {
    this.#name = name;
    this.#process = child;
    this.host = `unix://${FOLDER}/${name}/socket`;
  }

  /** What this machine lacks for one; undefined when it lacks nothing. */
  static get lacking(): string | undefined {
    if (process.getuid?.() !== 0) return 'this is not root';
    for (const program of ['dockerd', 'ip', 'setpriv', 'unshare']) {
      const { status } = spawnSync('sh', ['-c', `command -v ${program}`], { env: env() });
      if (status !== 0) return `there is no ${program}`;
    }
    const { status, stderr } = spawnSync('unshare', [...NAMESPACES, 'true']);
    return status === 0 ? undefined : `unshare failed: ${stderr.toString().trim()}`;
  }

  /**
   * Starts one that cannot make IPv6 networks.
   *
   * @param name of its folder
   * @throws {Error} with its log, when it does not answer.
   */
  static async start(name: string): Promise<SecondEngine> {
    const folder = `${FOLDER}/${name}`;
    mkdirSync(folder);
    const log = openSync(`${folder}/log`, 'a');
    const dockerd = [
      'exec dockerd --exec-opt native.cgroupdriver=cgroupfs',
      `--data-root ${folder}/data --exec-root /run/docker --pidfile ${folder}/pid`,
      `--host unix://${folder}/socket --cgroup-parent /${name}`,
    ].join(' ');
    const script = [PREPARE, WITHOUT_IPV6, dockerd].join(' && ');
    const args = ['--pdeathsig', 'KILL', 'unshare', ...NAMESPACES, 'sh', '-c', script];
    const child = spawn('setpriv', args, { stdio: ['ignore', log, log], env: env() });
    const engine = new SecondEngine(name, child);
    while (!(await engine.#answers())) {
      if (child.exitCode === null && child.signalCode === null) continue;
      throw new Error(`The engine ended:\n${readFileSync(`${folder}/log`, 'utf8')}`);
    }
    return engine;
  }

  async #answers(): Promise<boolean> {
    const asked = this.docker('version');
    return asked.then(
      () => true,
      () => sleep(100).then(() => false),
    );
  }

  /** Runs a command of Docker's. @returns what it prints. */
  async docker(...args: string[]): Promise<string> {
    const run = promisify(execFile)('docker', args, { env: { ...env(), DOCKER_HOST: this.host } });
    return (await run).stdout;
  }

  /** Brings images there from the first engine, under other names. */
  async load(images: Readonly<Record<string, string>>): Promise<void> {
    const names = Object.keys(images);
    const command = `docker save ${names.join(' ')} | DOCKER_HOST=${this.host} docker load --quiet`;
    await promisify(execFile)('bash', ['-o', 'pipefail', '-c', command]);
    for (const [name, other] of Object.entries(images)) await this.docker('tag', name, other);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#process, 'exit');
    if (this.#process.kill('SIGKILL')) await ended;
    // Its processes end a moment later.
    while (!(await removeEngine(this.#name))) await sleep(50);
  }
}

/** `dockerd` is not on the PATH of everybody. */
const env = () => ({ ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` });

/** The names of engines that have left something. */
export function leftEngines(isOfRun: (name: string) => boolean): string[] {
  const paths = [...globSync(`${FOLDER}/socketlab-test-*`), ...cgroups('socketlab-test-*')];
  return [...new Set(paths.map((path) => basename(path)).filter(isOfRun))];
}

/** Removes what an engine that has ended has left. @returns whether nothing is there any more. */
export async function removeEngine(name: string): Promise<boolean> {
  const folder = `${FOLDER}/${name}`;
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  // Those within come first.
  const within = cgroups(name).flatMap((path) => globSync(`${path}/**/`));
  for (const path of within.toSorted((a, b) => b.length - a.length))
    await rmdir(path).catch(() => undefined);
  return !existsSync(folder) && cgroups(name).length === 0;
}

/** Version 2 has one tree, version 1 one for each controller. */
function cgroups(name: string): string[] {
  return [...globSync(`${CGROUPS}/${name}/`), ...globSync(`${CGROUPS}/*/${name}/`)];
}
