/**
 * Runs in a probe that shares a host's network and process namespaces: `node main.ts HOST`. Prints a line of JSON when it
 * traces, then one for each event.
 *
 *     the host's programs ◀─ strace ──lines──▶ TraceParser ──▶ Outlet ──▶ standard output
 *                                                   ▲
 *                                     /proc: who it is, who is connected to whom
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { EndpointLookUp } from './endpoint-look-up.ts';
import { InitKeeper } from './init-keeper.ts';
import { LISTS, readList } from './kernel-sockets.ts';
import { Outlet } from './outlet.ts';
import { presentFacts } from './present.ts';
import { hostPids, isBlocked, openSockets, processOf, tracersOf } from './processes.ts';
import { straceCommand } from './strace-command.ts';
import { TraceParser } from './trace-parser.ts';

type Strace = ChildProcessByStdio<null, null, Readable>;

/** How long a host that has just been started may take to start its program. */
const PROGRAM_WAIT_MS = 5000;
const LOOK_EVERY_MS = 5;
/** For reading what strace had printed by the time that the host's first process was about to end. */
const REST_MS = 50;
const NEVER = new Promise<never>(() => undefined);

const [host = ''] = process.argv.slice(2);
const pids = await programs();
const lookUp = new EndpointLookUp();
const parser = new TraceParser({
  host,
  processOf,
  isBlocked,
  lookUp: (inode) => lookUp.find(inode),
});
const keeper = pids.includes(1) ? undefined : await InitKeeper.start();
// Before anything is traced: a host behind a gate goes on as soon as it is.
const facts = present();
const [command = '', ...args] = straceCommand(pids);
const strace = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
process.on('SIGTERM', () => strace.kill('SIGTERM'));
// Its first words are read when it has attached: until then they are about why it cannot.
if (await hasAttached(strace, pids)) await tell(strace);
else {
  keeper?.release();
  await fail((await strace.stderr.setEncoding('utf8').toArray()).join('').trim());
}

/** The host's programs. Where the engine has not started any yet, it waits for one. */
async function programs(): Promise<number[]> {
  const deadline = Date.now() + PROGRAM_WAIT_MS;
  for (;;) {
    const found = hostPids();
    const traced = found.find((pid) => tracersOf(pid).some((tracer) => tracer !== 0));
    if (traced !== undefined) await fail(`its process ${traced} is being traced already`);
    if (found.length > 0) return found;
    if (Date.now() > deadline) await fail('no program runs in it');
    await pause(LOOK_EVERY_MS);
  }
}

/** Resolves when every thread is traced, or strace has ended. */
async function hasAttached({ pid, exitCode }: Strace, programs: number[]): Promise<boolean> {
  while (exitCode === null && strace.exitCode === null) {
    const tracers = programs.flatMap(tracersOf);
    if (tracers.length > 0 && tracers.every((tracer) => tracer === pid)) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

async function tell({ stderr }: Strace): Promise<void> {
  const outlet = new Outlet();
  outlet.print({ traced: pids });
  for (const event of facts) outlet.print(event);
  const ticking = setInterval(() => {
    for (const event of parser.tick(now())) outlet.print(event);
  }, LOOK_EVERY_MS);
  stderr.setEncoding('latin1').on('data', (chunk: string) => {
    for (const event of parser.push(chunk)) outlet.print(event);
  });
  const hostEnds = keeper?.ending.then(() => pause(REST_MS));
  await Promise.race([once(stderr, 'close'), hostEnds ?? NEVER]);
  clearInterval(ticking);
  for (const event of parser.end()) outlet.print(event);
  await outlet.end();
  keeper?.release();
  strace.kill('SIGTERM');
}

/** What is already so. The parser learns of the host's sockets, too. */
function present() {
  const atNs = String(now());
  const sockets = LISTS.flatMap((name) =>
    readList(name, readFileSync(`/proc/net/${name}`, 'latin1')),
  );
  for (const { inode, protocol, local, remote } of sockets) {
    parser.sockets.learn(inode, { protocol, ...(local && { local }), ...(remote && { remote }) });
  }
  return presentFacts(pids.flatMap(openSockets), sockets).map((fact) => ({
    kind: 'call',
    atNs,
    host,
    id: parser.nextId(),
    stage: 'present',
    ...fact,
  }));
}

function now(): bigint {
  return BigInt(Date.now()) * 1_000_000n;
}

async function fail(why: string): Promise<never> {
  process.stderr.write(`${why}\n`);
  process.exit(1);
}
