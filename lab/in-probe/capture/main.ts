/**
 * Runs in a probe, in a host's network namespace: `node main.ts`. Listens at every interface that a wire is plugged into, also at
 * those that come later, as when the host joins a network, and prints what comes as frames; see `frames.ts`.
 *
 *     eth0 ◀─ tcpdump ──pcap──┐
 *     eth1 ◀─ tcpdump ──pcap──┴▶ frames ──▶ standard output
 *
 * It ends when its standard input does, as the engine closes that when the process that listens has ended.
 */
import { once } from 'node:events';
import { frame, type News, newsFrame } from '../../model/capture-frames.ts';
import { type Interface, wiredInterfaces } from './interfaces.ts';
import { Tap } from './tap.ts';

/** For interfaces that have come. A look takes some 0.1 ms. */
const LOOK_EVERY_MS = 50;

/** By the kernel's number of the interface. */
const taps = new Map<number, Tap>();
const pouring = new Set<Promise<void>>();
/** Those that could not be listened to, with their names: a look each 50 ms would change nothing. */
const hopeless = new Set<string>();
let begun = 0;

async function print(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

const tell = (news: News) => print(newsFrame(news));

const keyOf = ({ index, name }: Interface) => `${index} ${name}`;

/** Listens at an interface until it goes. Resolves when it listens, or cannot. */
async function listen(one: Interface): Promise<void> {
  const tap = new Tap(one.name);
  taps.set(one.index, tap);
  if (!(await tap.hasBegun)) {
    taps.delete(one.index);
    hopeless.add(keyOf(one));
    return;
  }
  begun += 1;
  // Another one may begin while this one is told.
  const number = begun;
  await tell({ began: number, name: one.name, mac: one.mac });
  const poured = pour(tap, number).then(() => taps.delete(one.index));
  const done = poured.then(() => void pouring.delete(done));
  pouring.add(done);
}

async function pour(tap: Tap, number: number): Promise<void> {
  for await (const chunk of tap.output) await print(frame(number, chunk));
  await tap.ended;
  await tell({ ended: number });
}

/** Listens at those that have come since the last look. */
async function look(): Promise<void> {
  const isNews = (one: Interface) => !taps.has(one.index) && !hopeless.has(keyOf(one));
  await Promise.all(wiredInterfaces().filter(isNews).map(listen));
}

async function end(): Promise<void> {
  clearInterval(looking);
  await Promise.all([...taps.values()].map((tap) => tap.stop()));
  await Promise.all(pouring);
  process.exit();
}

if (process.argv.includes('--help')) {
  console.log('main.ts: prints the packets of all interfaces');
  process.exit();
}
await look();
// One that has gone meanwhile is no failure.
if (wiredInterfaces().some((one) => hopeless.has(keyOf(one)))) process.exit(1);
await tell({ ready: true });
const looking = setInterval(look, LOOK_EVERY_MS);
process.stdin.resume().on('close', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);
