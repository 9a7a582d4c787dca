/** What is told of the labs of a test that has failed: its hosts with the end of their logs, and what was recorded. */
import type { Host } from '../hosts/host.ts';
import { Lab } from '../lab.ts';
import { printable } from '../util/printable.ts';

/** The latest lines of each log, and of the diagram. */
const LOG_LINES = 20;
const DIAGRAM_LINES = 60;

/** Of the test that runs: what is told of the labs that it has removed already, as at the end of its scope. */
let ended: string[] = [];

Lab.beforeRemoval.add(async (lab) => {
  ended.push(await attempt(() => accountOf(lab)));
});

/** The labs that were there when it began: tests share them. */
let shared = new Set<Lab>();

/** Of tests that have timed out: they are there until the process ends. */
const left = new WeakSet<Lab>();

export function beginTest(): void {
  ended = [];
  shared = new Set(Lab.started);
}

/** Tells of the labs of a test that has failed; of those that tests share, too. */
export async function tellLabs(test: string): Promise<void> {
  const standing = [...Lab.started].filter((lab) => !left.has(lab));
  for (const lab of standing) if (!shared.has(lab)) left.add(lab);
  const told = await Promise.all(standing.map((lab) => attempt(() => accountOf(lab))));
  const accounts = [...ended, ...told];
  if (accounts.length > 0) console.error([`When "${test}" failed:`, ...accounts].join('\n\n'));
}

/** Reads it while the lab is there. Where a part cannot be read, its place has the reason. */
async function accountOf(lab: Lab): Promise<string> {
  const hosts = await lab.hosts();
  const parts = await Promise.all(hosts.map(hostAccount));
  if (lab.isRecorded)
    parts.push(await attempt(async () => last((await lab.diagram()).split('\n'), DIAGRAM_LINES)));
  return [`Lab ${lab.name}`, ...parts].join('\n\n');
}

async function hostAccount(host: Host): Promise<string> {
  const state = host.isUp ? host.state : `ended with exit code ${host.exitCode}`;
  const log = await attempt(async () => {
    const lines = await Array.fromAsync(host.logs(), ({ line }) => `  ${printable(line)}`);
    return lines.length === 0 ? '  (it has logged nothing)' : last(lines, LOG_LINES);
  });
  return `Host "${host.name}" (${host.image}), ${state}\n${log}`;
}

function last(lines: readonly string[], most: number): string {
  const left = lines.length - most;
  const head = left > 0 ? [`  (${left} earlier lines are left out)`] : [];
  return [...head, ...lines.slice(-most)].join('\n');
}

async function attempt(read: () => Promise<string>): Promise<string> {
  try {
    return await read();
  } catch (error) {
    return `  (${(error as Error).message})`;
  }
}
