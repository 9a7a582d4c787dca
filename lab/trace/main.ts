/**
 * Runs in a probe that shares a host's network and process namespaces: `node main.ts HOST`. Prints a line of JSON when it
 * traces, then one for each event.
 *
 *     the host's programs ◀─ strace ──lines──▶ Pipe ──▶ TraceParser ──▶ Outlet ──▶ standard output
 *                                                   ▲
 *                                     /proc: who it is, who is connected to whom
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { EndpointLookUp } from './endpoint-look-up.ts';
import { InitKeeper } from './init-keeper.ts';
import { LISTS, readList } from './kernel-sockets.ts';
import { Outlet } from './outlet.ts';
import { Pipe } from './pipe.ts';
import { presentFacts } from './present.ts';
import { hostPids, isBlocked, openSockets, processOf, tracersOf } from './processes.ts';
import { SharedProcessor } from './shared-processor.ts';
import { straceCommand } from './strace-command.ts';
import { TraceParser } from './trace-parser.ts';
import { TRACED_ALREADY } from './traced-already.ts';

/** How long a host that has just been started may take to start its program. */
const PROGRAM_WAIT_MS = 5000;
const LOOK_EVERY_MS = 4;
/** For reading what strace had printed by the time that the host's first process was about to end. */
const REST_MS = 50;

const [host = ''] = process.argv.slice(2);
if (host === '--help') {
  console.log('main.ts HOST: prints the socket calls of the programs around it');
  process.exit();
}
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
using pipe = new Pipe(`/run/trace-${process.pid}`);
const [command = '', ...args] = straceCommand(pids, pipe.path);
const strace = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
const complaint = text(strace.stderr);
const straceEnds = once(strace, 'exit');
process.on('SIGTERM', () => strace.kill('SIGTERM'));
const isTracing = await hasAttached();
if (isTracing) await tell();
keeper?.release();
strace.kill('SIGTERM');
if (!isTracing) await fail((await complaint).trim());

/** The host's programs. Where the engine has not started any yet, it waits for one. */
async function programs(): Promise<number[]> {
  const deadline = Date.now() + PROGRAM_WAIT_MS;
  for (;;) {
    const found = hostPids();
    const traced = found.find((pid) => tracersOf(pid).some((tracer) => tracer !== 0));
    if (traced !== undefined) await fail(`its process ${traced} ${TRACED_ALREADY}`);
    if (found.length > 0) return found;
    if (Date.now() > deadline) await fail('no program runs in it');
    await pause(LOOK_EVERY_MS);
  }
}

/** Resolves when every thread is traced, or strace has ended. */
async function hasAttached(): Promise<boolean> {
  while (strace.exitCode === null && strace.signalCode === null) {
    const tracers = pids.flatMap(tracersOf);
    if (tracers.length > 0 && tracers.every((tracer) => tracer === strace.pid)) return true;
    await pause(LOOK_EVERY_MS);
  }
  return false;
}

async function tell(): Promise<void> {
  const outlet = new Outlet();
  outlet.print([{ traced: pids }, ...facts]);
  const processor = new SharedProcessor(strace.pid ?? 0);
  const read = () => [...pipe.read()].flatMap((chunk) => parser.push(chunk));
  const ticking = setInterval(() => {
    const calls = [...read(), ...parser.tick(now())];
    const sharing = processor.note(calls.length);
    outlet.print(sharing ? [...calls, { sharing }] : calls);
  }, LOOK_EVERY_MS);
  const hostEnds = keeper?.ending.then(() => pause(REST_MS));
  await Promise.race([straceEnds, hostEnds ?? straceEnds]);
  clearInterval(ticking);
  processor.end();
  outlet.print([...read(), ...parser.end()]);
  await outlet.end();
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
