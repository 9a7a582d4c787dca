/**
 * How long many hosts take to come up, beside what they are measured by: `npx node bench/hosts.ts [CLIENTS [ROUNDS [EACH]]]`. In each
 * round so many containers that sleep are started beside a server, then as many clients in Python, then as many of ours; at the
 * end a whole lab with EACH TCP and EACH UDP clients. Images are built, unless IMAGES says what the names of others begin with.
 *
 *     compose.yaml ──▶ a project of its own ──docker compose up──▶ until up, until all have talked ──▶ medians
 *
 * Wanted is that ours are up within 1.25 times the time of containers that sleep. Only a quiet machine can tell.
 */
import { loadavg } from 'node:os';
import { HostsLab } from './hosts-lab.ts';
import type { Kind } from './hosts-project.ts';

const CLIENTS_DEFAULT = 60;
const ROUNDS_DEFAULT = 3;
const EACH_DEFAULT = 100;
const KINDS: readonly Kind[] = ['sleep', 'python', 'ours'];

interface Start {
  /** Until Compose says that all are up, in seconds. */
  readonly upS: number;
  /** Until each has had a conversation; undefined for those that have none. */
  readonly talkingS: number | undefined;
  readonly memoryMb: number;
}

async function start(lab: HostsLab, kind: Kind, clients: number): Promise<Start> {
  await lab.up(kind, 0);
  const startedMs = performance.now();
  const passedS = () => (performance.now() - startedMs) / 1000;
  await lab.up(kind, clients);
  const upS = passedS();
  if (kind !== 'sleep') await lab.untilAllTalk();
  const talkingS = kind === 'sleep' ? undefined : passedS();
  const memoryMb = await lab.memoryMb();
  await lab.down();
  return { upS, talkingS, memoryMb };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const rounded = (value: number) => Math.round(value * 100) / 100;

async function sideBySide(lab: HostsLab, clients: number, rounds: number): Promise<void> {
  const starts = new Map<Kind, Start[]>(KINDS.map((kind) => [kind, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const kind of KINDS) {
      const [load = 0] = loadavg();
      const started = await start(lab, kind, clients);
      starts.get(kind)?.push(started);
      console.log(`${kind}: up after ${started.upS.toFixed(1)} s, load before ${load.toFixed(1)}`);
    }
  }
  const upS = (kind: Kind) => median((starts.get(kind) ?? []).map((each) => each.upS));
  console.table(
    KINDS.map((kind) => {
      const all = starts.get(kind) ?? [];
      const talking = all.flatMap(({ talkingS }) => talkingS ?? []);
      return {
        [`${clients} hosts`]: kind,
        'up after s': rounded(upS(kind)),
        'times sleep': rounded(upS(kind) / upS('sleep')),
        'all talk after s': talking.length > 0 ? rounded(median(talking)) : undefined,
        'MB each': rounded(median(all.map(({ memoryMb }) => memoryMb))),
      };
    }),
  );
}

async function wholeLab(lab: HostsLab, each: number): Promise<void> {
  const { upS, talkingS = Number.NaN, memoryMb } = await start(lab, 'both', each);
  const figures = `up after ${upS.toFixed(1)} s, all talk after ${talkingS.toFixed(1)} s`;
  console.log(`${each} TCP and ${each} UDP clients: ${figures}, ${memoryMb.toFixed(1)} MB each`);
}

const [clients = CLIENTS_DEFAULT, rounds = ROUNDS_DEFAULT, each = EACH_DEFAULT] = process.argv
  .slice(2)
  .map(Number);
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)));
}
try {
  await using lab = await HostsLab.open(interrupted.signal);
  if (rounds > 0) await sideBySide(lab, clients, rounds);
  if (each > 0) await wholeLab(lab, each);
} catch (error) {
  if (!interrupted.signal.aborted) throw error;
  console.error('stopped; all hosts are removed');
  process.exitCode = 130;
}
