/**
 * How soon an event is on the screen: `npx node bench/page.ts [EVENTS_A_SECOND] [SECONDS]`, with Chromium. From the time at which it
 * happened, by the clock of the machine, to the first frame of the browser in which the diagram has its step, or a later one.
 *
 *     event ──▶ servePage ──stream──▶ timeline ──▶ diagram ──▶ frame
 *
 * Browser and server share the machine with whatever else runs on it; the load is printed for that.
 */
import { loadavg } from 'node:os';
import type { LabEvent } from '../lab/index.ts';
import { servePage } from '../web/server.ts';
import { findBrowser, launchBrowser, openPage } from '../web/testing/browser.ts';
import { frame } from '../web/testing/frames.ts';
import { Feed } from '../web/testing/sources.ts';
import { tcpClient, tcpServer, udpClient, udpServer } from '../web/testing/stories.ts';
import { TARGET_MISSED } from './benches.ts';

const TARGET_MS = 150;
const TICK_MS = 10;
/** What a new page costs is not measured: its code is not compiled yet. */
const WARM_UP_MS = 3000;

/** In the browser: for each frame, its time, and the time of the newest step in the document. */
const PROBE = `
  window.frames_ = [];
  const look = () => {
    let newest = 0n;
    for (const step of document.querySelectorAll('.step')) {
      const at = BigInt(step.dataset.atNs);
      if (at > newest) newest = at;
    }
    window.frames_.push([performance.timeOrigin + performance.now(), Number(newest) / 1e6]);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

const [perSecond = 500, seconds = 20] = process.argv.slice(2).map(Number);
const executable = findBrowser();
if (executable === undefined) process.exit(1);

const feed = new Feed();
await using page = await servePage(feed, undefined, { port: 0, maxEventsPerSecond: 2 * perSecond });
await using browser = await launchBrowser(executable);
const now = () => `${Math.round((performance.timeOrigin + performance.now()) * 1000)}000`;
for (const { name, role, address } of [tcpClient, tcpServer, udpClient, udpServer]) {
  const host = { kind: 'host', host: name, state: 'running', addresses: [address] } as const;
  feed.push({ ...host, ...(role && { role }), atNs: now() });
}
const tab = await openPage(browser, page.url);
await tab.evaluate(PROBE);
const sentMs = await send();
const frames = await tab.evaluate<[number, number][]>('window.frames_');
report(sentMs, frames);

/** Exchanges datagrams as fast as is wanted: a call, a departure, an arrival, a call. @returns when each began. */
async function send(): Promise<number[]> {
  const times: number[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const beganMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const elapsedMs = performance.now() - beganMs;
    for (; sent < (elapsedMs / 1000) * perSecond; sent += 4) {
      const events = exchange(sent / 4);
      if (elapsedMs > WARM_UP_MS) times.push(...events.map(({ atNs }) => Number(atNs) / 1e6));
      feed.push(...events);
    }
    if (elapsedMs < seconds * 1000) return;
    clearInterval(timer);
    resolve();
  }, TICK_MS);
  await promise;
  return times;
}

function exchange(number: number): LabEvent[] {
  const [from, to] = [udpClient.address, udpServer.address];
  const ends = { from, to, fromPort: 40_000 + (number % 50), toPort: 50_000 };
  const packet = frame({ ...ends, ipId: number & 0xffff, data: `ping ${number}` });
  const remote = { address: to, port: 50_000 };
  const local = { address: from, port: ends.fromPort };
  const sendto = {
    kind: 'call',
    host: udpClient.name,
    id: number,
    stage: 'returned',
    call: 'sendto',
    process: { pid: 7 },
    arguments: {},
    tookNs: 1000,
    socket: { fd: 17, protocol: 'udp', local, remote },
  } as const;
  const recvmsg = { ...sendto, host: udpServer.name, call: 'recvmsg', socket: { fd: 17 } } as const;
  return [
    { ...sendto, atNs: now() },
    { kind: 'packet', host: udpClient.name, direction: 'out', packet, atNs: now() },
    { kind: 'packet', host: udpServer.name, direction: 'in', packet, atNs: now() },
    { ...recvmsg, atNs: now() },
  ];
}

function report(sent: readonly number[], frames: readonly [number, number][]): void {
  const delays: number[] = [];
  let at = 0;
  for (const ms of sent) {
    while (at < frames.length && (frames[at]?.[1] ?? 0) < ms) at += 1;
    const shown = frames[at]?.[0];
    if (shown !== undefined) delays.push(shown - ms);
  }
  delays.sort((a, b) => a - b);
  const share = (part: number) => Math.round(delays[Math.floor(part * (delays.length - 1))] ?? 0);
  const spanS = ((frames.at(-1)?.[0] ?? 0) - (frames[0]?.[0] ?? 0)) / 1000;
  console.table([
    {
      'events/s': perSecond,
      measured: delays.length,
      'not shown': sent.length - delays.length,
      'p50 ms': share(0.5),
      'p95 ms': share(0.95),
      'max ms': share(1),
      'frames/s': Math.round(frames.length / spanS),
      load: loadavg()[0]?.toFixed(1),
    },
  ]);
  const isMet = share(0.95) <= TARGET_MS;
  console.log(
    `event to screen: p95 ${share(0.95)} ms, at most ${TARGET_MS} ms wanted: ${isMet ? 'met' : 'NOT met'}`,
  );
  process.exitCode = isMet ? 0 : TARGET_MISSED;
}
