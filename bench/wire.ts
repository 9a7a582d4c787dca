/**
 * How fast and how precise the wire is, between two network namespaces of this machine, as root:
 * `npx node bench/wire.ts [all|delay|rate|short]`.
 *
 *     sender ── veth ──▶ rules ──▶ queue ──▶ wire ──▶ receiver
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buffer, text } from 'node:stream/consumers';
import {
  addresses,
  type Namespaces,
  resultOf,
  startIn,
  startNamespaces,
  startWire,
} from '../lab/in-probe/wire/testing/namespaces.ts';
import type { FaultSettings } from '../lab/model/faults.ts';

const traffic = join(import.meta.dirname, '../lab/in-probe/wire/testing/traffic.ts');

interface Run {
  readonly name: string;
  readonly fault?: FaultSettings;
  readonly perSecond: number;
  readonly seconds: number;
}

const runs: readonly Run[] = [
  { name: 'no wire', perSecond: 1000, seconds: 5 },
  { name: 'delay 20 ms', fault: { kind: 'delay', delayMs: 20 }, perSecond: 1000, seconds: 10 },
  { name: 'delay 0.5 ms', fault: { kind: 'delay', delayMs: 0.5 }, perSecond: 1000, seconds: 10 },
  { name: 'no wire', perSecond: 100_000, seconds: 3 },
  { name: 'idle: loss 0 %', fault: { kind: 'loss', percent: 0 }, perSecond: 20_000, seconds: 5 },
  {
    name: 'idle: no match',
    fault: { kind: 'loss', percent: 9, port: 9 },
    perSecond: 20_000,
    seconds: 5,
  },
  { name: 'idle: loss 0 %', fault: { kind: 'loss', percent: 0 }, perSecond: 30_000, seconds: 5 },
  { name: 'idle: loss 0 %', fault: { kind: 'loss', percent: 0 }, perSecond: 40_000, seconds: 5 },
  { name: 'delay 20 ms', fault: { kind: 'delay', delayMs: 20 }, perSecond: 20_000, seconds: 5 },
];

async function measure(namespaces: Namespaces, { name, fault, perSecond, seconds }: Run) {
  await using wire = await startWire(namespaces);
  if (fault !== undefined) await wire.add(fault);
  const receiver = startIn(namespaces.receiver, [traffic, 'receive']);
  await once(receiver.stdout, 'data');
  const received = text(receiver.stdout);
  const args = [traffic, 'send', addresses[4], String(perSecond), String(perSecond * seconds)];
  const sent = (await resultOf(namespaces.sender, args)) as { sent: number; seconds: number };
  const delayMs = fault?.kind === 'delay' ? fault.delayMs : 0;
  const errors = (JSON.parse(await received) as number[]).map((ms) => ms - delayMs);
  const at = percentilesOf(errors);
  const whole = await wire.status();
  const [status] = whole.faults;
  await wire.end('SIGTERM');
  console.table([
    {
      name,
      'sent/s': Math.round(sent.sent / sent.seconds),
      'arrived/s': Math.round(errors.length / sent.seconds),
      'through the wire %': ((100 * (status?.counters.seen ?? 0)) / sent.sent).toFixed(2),
      missed: whole.missed,
      'error ms: p50': at(0.5),
      p99: at(0.99),
      'p99.9': at(0.999),
      max: at(1),
    },
  ]);
}

/**
 * How long packets really take inside the host, by the kernel's clock alone: from a datagram's arrival at the
 * interface to the ICMP "port unreachable" that the kernel sends when it is delivered, both in one capture.
 */
async function measureInKernel(namespaces: Namespaces, { name, fault, perSecond, seconds }: Run) {
  await using wire = await startWire(namespaces);
  if (fault !== undefined) await wire.add(fault);
  const tcpdump = startCapture(namespaces.receiver);
  await once(tcpdump.stderr, 'data');
  const captured = buffer(tcpdump.stdout);
  const args = [traffic, 'send', addresses[4], String(perSecond), String(perSecond * seconds)];
  await resultOf(namespaces.sender, args);
  await new Promise((resolve) => setTimeout(resolve, 500));
  tcpdump.kill('SIGINT');
  const delayMs = fault?.kind === 'delay' ? fault.delayMs : 0;
  const errors = answerTimes(await captured).map((ms) => ms - delayMs);
  await wire.end('SIGTERM');
  const settled = errors.slice(perSecond);
  const at = percentilesOf(settled);
  console.table([
    {
      name: `in the kernel: ${name}`,
      'sent/s': perSecond,
      measured: settled.length,
      min: at(0),
      p50: at(0.5),
      p90: at(0.9),
      p99: at(0.99),
      'p99.9': at(0.999),
      max: at(1),
    },
  ]);
}

function startCapture(namespace: string) {
  const precisely = ['--time-stamp-precision=nano', '--immediate-mode'];
  const tcpdump = ['tcpdump', '-i', 'eth0', '-U', '-w', '-', ...precisely, 'udp or icmp'];
  return spawn('ip', ['netns', 'exec', namespace, ...tcpdump]);
}

/** Gives the value that a share of them does not exceed, from 0 to 1, with two decimals. */
function percentilesOf(values: readonly number[]): (share: number) => string {
  const sorted = values.toSorted((a, b) => a - b);
  return (share) => (sorted[Math.floor(share * (sorted.length - 1))] ?? 0).toFixed(2);
}

/** Milliseconds between each datagram and its answer, by the 8 bytes that the datagram begins with. */
function answerTimes(pcap: Buffer): number[] {
  const arrivedMs = new Map<bigint, number>();
  const times: number[] = [];
  for (let at = 24; at + 16 <= pcap.length; at += 16 + pcap.readUInt32LE(at + 8)) {
    const ms = pcap.readUInt32LE(at) * 1000 + pcap.readUInt32LE(at + 4) / 1e6;
    const frame = pcap.subarray(at + 16, at + 16 + pcap.readUInt32LE(at + 8));
    const isAnswer = frame.readUInt8(23) === 1;
    const key = frame.readBigUInt64LE(isAnswer ? 70 : 42);
    const startMs = arrivedMs.get(key);
    if (!isAnswer) arrivedMs.set(key, ms);
    else if (startMs !== undefined) times.push(ms - startMs);
  }
  return times;
}

async function allowAnswers({ receiver }: Namespaces): Promise<void> {
  for (const setting of [
    'icmp_ratelimit=0',
    'icmp_ratemask=0',
    'icmp_msgs_per_sec=1000000',
    'icmp_msgs_burst=1000000',
  ]) {
    const sysctl = spawn('ip', ['netns', 'exec', receiver, 'sysctl', '-qw', `net.ipv4.${setting}`]);
    await once(sysctl, 'close');
  }
}

const only = process.argv[2] ?? 'all';
await using namespaces = await startNamespaces();
await allowAnswers(namespaces);
if (only === 'all' || only === 'delay') {
  for (const run of runs.slice(0, 3)) await measureInKernel(namespaces, run);
}
if (only === 'all' || only === 'rate') {
  for (const run of runs.slice(3)) await measure(namespaces, run);
}
if (only === 'short') {
  for (const run of runs.slice(1, 2)) await measureInKernel(namespaces, { ...run, seconds: 2 });
  for (const run of runs.slice(4, 5)) await measure(namespaces, { ...run, seconds: 1 });
}
