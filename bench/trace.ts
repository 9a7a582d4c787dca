/**
 * What it costs a service to be traced: conversations a second with our TCP server, from four clients at once on the same
 * machine: `npx node bench/trace.ts [SECONDS]`, with the image of the lab, or the one that SERVER_IMAGE names. Wanted is,
 * on a quiet machine, 0.6 of the untraced rate by BPF, and 1,000 a second by strace.
 *
 *     clients (traffic.ts) ──connect, read to the end──▶ tcp-server ◀─ BPF, strace ─▶ events, counted here
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { variable } from '../lab/engine/variable.ts';
import { chooseTracer, type Host, Lab, type Trace, type Tracer } from '../lab/index.ts';

const SECONDS_DEFAULT = 5;

interface Run {
  readonly name: string;
  readonly tracer?: Tracer;
  readonly isFromItsStart?: true;
}

const runs: readonly Run[] = [
  { name: 'untraced' },
  { name: 'by BPF', tracer: 'auto' },
  { name: 'by strace', tracer: 'strace' },
  { name: 'by strace from its start', tracer: 'strace', isFromItsStart: true },
];

async function measure(lab: Lab, image: string, run: Run): Promise<void> {
  const { name, tracer, isFromItsStart = false } = run;
  const host = `server-${name.toLowerCase().replaceAll(' ', '-')}`;
  if (tracer) chooseTracer(tracer);
  const env = { LOG_LEVEL: 'error', PORT: 50_000 };
  const server = await lab.startHost(host, { image, env, traced: isFromItsStart });
  await using trace = tracer && (await lab.trace([host]));
  const counted = trace && count(trace);
  const { served, seconds } = await converse(await lab.find('clients'), server);
  await trace?.stop();
  const events = await counted;
  console.table([
    {
      server: name,
      'conversations/s': Math.round(served / seconds),
      events: events?.all,
      'of them accept': events?.accepts,
      conversations: served,
      missed: trace?.missed,
    },
  ]);
  await server.stop();
  if (trace?.missed === 0 && events?.accepts !== served)
    throw new Error('Some accepted connections were not reported');
}

async function converse(clients: Host, server: Host) {
  const load = ['node', '/traffic.ts', server.ipv4 ?? '', process.argv[2] ?? `${SECONDS_DEFAULT}`];
  const { stdout, stderr, exitCode } = await clients.exec(load);
  if (exitCode !== 0) throw new Error(`The clients failed: ${stderr}`);
  return JSON.parse(stdout.toString()) as { served: number; seconds: number };
}

async function count(trace: Trace) {
  const counts = { all: 0, accepts: 0 };
  for await (const { call, stage } of trace) {
    counts.all += 1;
    if (call === 'accept' && stage === 'returned') counts.accepts += 1;
  }
  return counts;
}

/** That of the lab, as it is now: the bench need not have started it. */
function labImage(): string {
  const cwd = join(import.meta.dirname, '..');
  execFileSync('docker', ['compose', 'build', '--quiet', 'tcp-server'], { cwd, stdio: 'inherit' });
  return `${variable('LAB_IMAGES') ?? 'socketlab'}/tcp-server`;
}

// The lab ends with this process, and sweep removes what a crash leaves; testcontainers' own reaper may be unavailable.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
const image = process.env['SERVER_IMAGE'] ?? labImage();
await using lab = await Lab.start();
await lab.startHost('clients', {
  image,
  entrypoint: ['node', '--eval', 'setInterval(() => undefined, 1e9)'],
  files: { [join(import.meta.dirname, 'trace-traffic.ts')]: '/traffic.ts' },
  ready: 'running',
});
for (const run of runs) await measure(lab, image, run);
