/**
 * Makes the recordings that the timeline is tested with: `node lab/timeline/testing/record.ts IMAGE [SCENARIO…]`. The image needs
 * python3, as that of `integration/python` has it.
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createGzip } from 'node:zlib';
import { type Between, type Host, type ImpairmentSettings, Lab } from '../../index.ts';
import type { LabEvent } from '../../model/event.ts';
import { eventLine, recordingHeader } from '../../model/recording.ts';
import { programsOf, type Scenario, scenarios } from './programs.ts';

const TIMEOUT_MS = 60_000;
const there = { from: 'client', to: 'server' } as const;

/** The wire's fault of a scenario; the others have none. */
const faults: Partial<Record<Scenario, Between & ImpairmentSettings>> = {
  'lost-syn': { ...there, kind: 'loss', percent: 100, first: 1 },
  'lost-data': { ...there, kind: 'loss', percent: 100, every: 4 },
  'large-lost': { ...there, kind: 'loss', percent: 100, every: 6 },
  udp: { ...there, kind: 'loss', percent: 100, every: 3 },
  'segmented-lost': { ...there, kind: 'loss', percent: 100, every: 4 },
};

const [image, ...chosen] = process.argv.slice(2);
if (image === undefined) throw new TypeError('Cannot record without the name of an image');
for (const scenario of scenarios) {
  if (chosen.length === 0 || chosen.includes(scenario)) await record(image, scenario);
}

async function record(image: string, scenario: Scenario): Promise<void> {
  const events: LabEvent[] = [];
  await using lab = await Lab.start();
  const { server, client } = programsOf(scenario);
  const run = (program: string) => ({
    image,
    entrypoint: ['python3', '-u', '-c', program],
    traced: true,
  });
  const hosts = [
    await lab.startHost('server', { ...run(server), ready: /ready/ }),
    await lab.startHost('client', { ...run(client), ready: 'running' }),
  ];
  for (const host of hosts) events.push(hostEvent(host));
  await using capture = await lab.capture();
  await using trace = await lab.trace();
  const settings = faults[scenario];
  await using fault = settings && (await lab.impair(settings));
  const ending = new AbortController();
  const gathered = [capture, trace].map((source) => gather(source, events));
  if (fault) gathered.push(gather(fault.fates(ending.signal), events));
  const [, asking] = hosts;
  await asking?.exec(['touch', '/tmp/go']);
  await isDone(asking);
  await Promise.all([capture.stop(), trace.stop()]);
  ending.abort();
  await Promise.all(gathered);
  await write(scenario, events);
  console.log(`${scenario}: ${events.length} events`);
}

function hostEvent({ name, addresses }: Host): LabEvent {
  const atNs = String(BigInt(Date.now()) * 1_000_000n);
  return { kind: 'host', atNs, host: name, state: 'running', addresses };
}

async function gather(source: AsyncIterable<LabEvent>, events: LabEvent[]): Promise<void> {
  for await (const event of source) events.push(event);
}

async function isDone(host: Host | undefined): Promise<void> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  for await (const { line } of host?.logs({ follow: true, signal }) ?? [])
    if (line === 'done') return;
  throw new Error('The client ended before it was done');
}

async function write(scenario: Scenario, events: readonly LabEvent[]): Promise<void> {
  const file = createWriteStream(new URL(`../recordings/${scenario}.jsonl.gz`, import.meta.url));
  const zip = createGzip({ level: 9 });
  zip.pipe(file);
  zip.write(recordingHeader);
  for (const event of events) zip.write(eventLine(event));
  zip.end();
  await once(file, 'close');
}
