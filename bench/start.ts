/**
 * How soon instruments begin and end, beside a container that does nothing: `npx node bench/start.ts [HOSTS [ROUNDS]]`. In each round
 * there is `docker run --rm` of the probe's image with `true`, the floor, and then each verb once, in a lab where all hosts but one
 * send a datagram five times a second.
 *
 *     Lab.start ──▶ hosts ◀── ./socketlab VERB, in a process of its own ──▶ until its event, until its end ──▶ medians, in floors
 *
 * The aims are those for 4 hosts, and 60 for the first event of `watch`. Only a quiet machine can tell.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { baseImage, Lab } from '../lab/index.ts';
import { probeImage } from '../lab/probes/probe-image.ts';
import { Slots } from '../lab/util/slots.ts';

const MAIN = new URL('../cli/main.ts', import.meta.url).pathname;
const HOSTS_DEFAULT = 4;
const ROUNDS_DEFAULT = 5;

const [hosts = HOSTS_DEFAULT, rounds = ROUNDS_DEFAULT] = process.argv.slice(2).map(Number);
const env = {
  ...process.env,
  NODE_COMPILE_CACHE: new URL('../node_modules/.cache/node', import.meta.url).pathname,
};

/** What is measured, with how many floors it may take. */
const AIMS = new Map([
  ['the floor', 1],
  ['watch: first event', hosts > 4 ? 6 : 2],
  ['watch: Ctrl-C to its end', 1],
  ['watch --no-calls: first event', hosts > 4 ? 6 : 2],
  ['watch --no-calls: Ctrl-C to its end', 1],
  ['break', 1.5],
  ['heal a fault, while another remains', 1],
  ['heal the last fault', 1],
]);
const taken = new Map<string, number[]>([...AIMS.keys()].map((name) => [name, []]));

/** @returns what the task returns */
async function time<T>(name: string, task: () => Promise<T>): Promise<T> {
  const startedMs = performance.now();
  const result = await task();
  taken.get(name)?.push((performance.now() - startedMs) / 1000);
  return result;
}

/** Runs a verb to its end. @returns what it printed */
async function verb(lab: Lab, ...args: string[]): Promise<string> {
  const options = { env: { ...env, COMPOSE_PROJECT_NAME: lab.name } };
  return (await promisify(execFile)(process.execPath, [MAIN, ...args], options)).stdout;
}

/** Watches until the first event that is not the state of a host, and ends that by Ctrl-C. */
async function watch(lab: Lab, ...options: string[]): Promise<void> {
  const name = ['watch', ...options].join(' ');
  const args = [MAIN, 'watch', '--json', ...options];
  const child = await time(`${name}: first event`, async () => {
    const started = spawn(process.execPath, args, {
      env: { ...env, COMPOSE_PROJECT_NAME: lab.name },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: started.stdout });
    for await (const line of lines) if (/"kind":"(?:packet|call|log)"/.test(line)) break;
    return started;
  });
  child.stdout.resume();
  await time(`${name}: Ctrl-C to its end`, async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  });
}

async function round(lab: Lab): Promise<void> {
  const floor = ['run', '--rm', await probeImage(), 'true'];
  await time('the floor', () => promisify(execFile)('docker', floor));
  await watch(lab);
  await watch(lab, '--no-calls');
  const delay = ['break', 'delay', 'host-1', 'sink', '--delay', '20ms'];
  await time('break', () => verb(lab, ...delay));
  const [id = ''] = (await verb(lab, ...delay)).split(':');
  await time('heal a fault, while another remains', () => verb(lab, 'heal', id));
  await time('heal the last fault', () => verb(lab, 'heal'));
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

// Our own sweep cleans up, which needs no image that might be unavailable.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
await using lab = await Lab.start();
const idle = { image: baseImage(), ready: 'running' } as const;
const sink = await lab.startHost('sink', { ...idle, entrypoint: ['sleep', 'infinity'] });
const talk = `while sleep 0.2; do echo hello >/dev/udp/${sink.ipv4}/9; done 2>/dev/null`;
const talker = { ...idle, entrypoint: ['bash', '-c', talk] };
const starting = new Slots(availableParallelism());
const names = Array.from({ length: hosts - 1 }, (_, n) => `host-${n + 1}`);
await Promise.all(names.map((name) => starting.take(() => lab.startHost(name, talker))));
for (let n = 0; n < rounds; n += 1) await round(lab);
const floorS = median(taken.get('the floor') ?? []);
console.table(
  [...taken].map(([name, all]) => ({
    [`${hosts} hosts`]: name,
    seconds: rounded(median(all)),
    floors: rounded(median(all) / floorS),
    aim: AIMS.get(name),
  })),
);
