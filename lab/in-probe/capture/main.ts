/**
 * Runs in a probe, in a host's network namespace: `node main.ts`. Captures at every physical interface, including those that
 * appear later, when the host joins a network, and prints the packets as frames; see `model/capture-frames.ts`.
 *
 *     eth0 ◀─ tcpdump ──pcap──┐
 *     eth1 ◀─ tcpdump ──pcap──┴▶ frames ──▶ standard output
 *
 * It ends with its standard input, which the engine closes when the process that reads the output has ended.
 */
import { once } from 'node:events';
import { type News, newsFrame } from '../../model/capture-frames.ts';
import { frame } from '../../model/frames.ts';
import { type Interface, wiredInterfaces } from './interfaces.ts';
import { Tap } from './tap.ts';

/** How often to look for new interfaces. A look takes about 0.1 ms. */
const LOOK_EVERY_MS = 50;

/** By the kernel's number of the interface. */
const taps = new Map<number, Tap>();
const pouring = new Set<Promise<void>>();
/** Interfaces that cannot be captured, with their names: they are not tried again. */
const failed = new Set<string>();
let begun = 0;

async function print(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

const report = (news: News) => print(newsFrame(news));

const keyOf = ({ index, name }: Interface) => `${index} ${name}`;

/** Captures at an interface until it is removed. Resolves when the capture has begun, or failed. */
async function listen(one: Interface): Promise<void> {
  const tap = new Tap(one.name);
  taps.set(one.index, tap);
  if (!(await tap.hasBegun)) {
    taps.delete(one.index);
    failed.add(keyOf(one));
    return;
  }
  begun += 1;
  // Another one may begin while this one is reported.
  const number = begun;
  await report({ began: number, name: one.name, mac: one.mac });
  const poured = pour(tap, number).then(() => taps.delete(one.index));
  const done = poured.then(() => void pouring.delete(done));
  pouring.add(done);
}

async function pour(tap: Tap, number: number): Promise<void> {
  for await (const chunk of tap.output) await print(frame(number, chunk));
  await tap.ended;
  await report({ ended: number });
}

/** Captures at interfaces that have appeared since the last look. */
async function look(): Promise<void> {
  const isNews = (one: Interface) => !taps.has(one.index) && !failed.has(keyOf(one));
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
// An interface that was removed meanwhile is no failure.
if (wiredInterfaces().some((one) => failed.has(keyOf(one)))) process.exit(1);
await report({ ready: true });
const looking = setInterval(look, LOOK_EVERY_MS);
process.stdin.resume().on('close', end);
process.on('SIGTERM', end);
process.on('SIGINT', end);
