/**
 * Runs in a probe that shares a host's network and process namespaces: `node main.ts HOST [HEALTH CHECK…]`. Prints a line of JSON
 * when it traces, then one for each event.
 *
 *     the host's programs ◀─ strace ──lines──▶ Pipe ──▶ TraceParser ──▶ Outlet ──▶ standard output
 *     docker exec         ◀─ strace ──lines──▶ Pipe ────────▲ ▲
 *                                       /proc: processes and connections
 */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallEvent } from '../../model/event.ts';
import { presentFacts } from '../../model/present-sockets.ts';
import { EXIT_TRACED_ALREADY } from '../../model/trace-line.ts';
import { EndpointLookUp } from './endpoint-look-up.ts';
import { InitKeeper } from './init-keeper.ts';
import { LISTS, readList } from './kernel-sockets.ts';
import { limitsHit } from './limits.ts';
import { Newcomers } from './newcomers.ts';
import { Outlet } from './outlet.ts';
import {
  guest,
  hasRing,
  hostPids,
  isBlocked,
  openSockets,
  processOf,
  tracersOf,
} from './processes.ts';
import { SharedProcessor } from './shared-processor.ts';
import { Strace } from './strace.ts';
import { TraceParser } from './trace-parser.ts';

/** How long a host that has just been started may take to start its program. */
const PROGRAM_WAIT_MS = 5000;
const LOOK_EVERY_MS = 4;
/** How often to look for programs that entered the host without being started by a traced one. */
const LOOK_AROUND_EVERY_MS = 20;
const LOOK_AT_LIMITS_EVERY_MS = 200;
/** For reading what strace has printed before the host's first process ends. */
const REST_MS = 50;

const [host = '', ...healthCheck] = process.argv.slice(2);
if (host === '--help') {
  console.log('main.ts HOST: prints the socket calls of the programs around it');
  process.exit();
}
/** Called when it should end: its standard input has ended, as the process that reads the output has, or on SIGTERM. */
let end = (): void => process.exit();
process.stdin.resume().on('close', () => end());
process.on('SIGTERM', () => end());

const pids = await programs();
const lookUp = new EndpointLookUp();
const parser = new TraceParser({
  host,
  processOf,
  isBlocked,
  lookUp: (inode) => lookUp.find(inode),
});
// The end of a guest does not end its trace: the first process is another host's.
const keeper = pids.includes(1) || guest ? undefined : await InitKeeper.start();
const newcomers = new Newcomers(healthCheck, pids);
// Before anything is traced: a host behind a gate continues as soon as it is.
const facts = present(pids);
using first = new Strace(pids);
end = () => first.stop();
const isTracing = await first.hasAttached();
if (isTracing) await report();
keeper?.release();
first.stop();
if (!isTracing) await fail((await first.complaint).trim());
process.stdin.destroy();

/** The host's programs. If the engine has not started any yet, it waits for one. */
async function programs(): Promise<number[]> {
  const deadline = Date.now() + PROGRAM_WAIT_MS;
  for (;;) {
    const found = hostPids();
    const traced = found.find((pid) => tracersOf(pid).some((tracer) => tracer !== 0));
    if (traced !== undefined)
      await fail(`its process ${traced} is being traced already`, EXIT_TRACED_ALREADY);
    if (found.length > 0) return found;
    if (Date.now() > deadline) await fail('no program runs in it');
    await pause(LOOK_EVERY_MS);
  }
}

async function report(): Promise<void> {
  const outlet = new Outlet();
  const beganNs = now();
  const events = facts.map((fact) => ({ ...fact, tookNs: Number(beganNs - BigInt(fact.atNs)) }));
  outlet.print([{ traced: pids }, ...events]);
  const straces = new Set([first]);
  const processor = new SharedProcessor(() => [...straces].map(({ pid }) => pid));
  const read = () =>
    [...straces].flatMap((one) => [...one.read()].flatMap((chunk) => parser.push(chunk, one)));
  const ticking = setInterval(() => {
    const calls = [...read(), ...parser.tick(now())];
    outlet.print(calls);
    const sharing = processor.note(calls.length);
    if (sharing) outlet.deliver({ sharing }, () => processor.begin(sharing));
  }, LOOK_EVERY_MS);
  const lookingAround = setInterval(() => {
    const news = newcomers.take();
    if (news.length === 0) return;
    outlet.print(present(news));
    const strace = new Strace(news);
    straces.add(strace);
    void strace.ended.then(() => {
      outlet.print(read());
      straces.delete(strace);
      parser.forget(strace);
      strace[Symbol.dispose]();
    });
  }, LOOK_AROUND_EVERY_MS);

  const lookAtLimits = () => outlet.print(limitsHit());
  const lookingAtLimits = setInterval(lookAtLimits, LOOK_AT_LIMITS_EVERY_MS);

  const hostEnds = keeper?.ending.then(() => pause(REST_MS));
  await Promise.race([first.ended, hostEnds ?? first.ended]);
  lookAtLimits();
  clearInterval(lookingAtLimits);
  clearInterval(lookingAround);
  const others = [...straces].filter((one) => one !== first);
  for (const one of others) one.stop();
  await Promise.all(others.map((one) => one.ended));
  clearInterval(ticking);
  processor.end();
  outlet.print([...read(), ...parser.end()]);
  await outlet.end();
}

/** The sockets that are open already, as events. The parser learns of them, too. */
function present(of: readonly number[]): CallEvent[] {
  const atNs = String(now());
  const sockets = LISTS.flatMap((name) =>
    readList(name, readFileSync(`/proc/net/${name}`, 'latin1')),
  );
  for (const { inode, protocol, local, remote } of sockets) {
    parser.sockets.learn(inode, { protocol, ...(local && { local }), ...(remote && { remote }) });
  }
  const rings = of.filter(hasRing).map((pid) => processOf(pid) ?? { pid });
  const facts = [
    ...presentFacts(of.flatMap(openSockets), sockets),
    ...rings
      .filter(({ pid }) => parser.noteRing(pid))
      .map((process) => ({ call: 'io_uring', arguments: {}, process }) as const),
  ];
  return facts.map((fact) => ({
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

async function fail(why: string, exitCode = 1): Promise<never> {
  process.stderr.write(`${why}\n`);
  process.exit(exitCode);
}
