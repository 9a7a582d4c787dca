/**
 * Hosts that all talk with each other, while their paths and they themselves fail at random; all of it recorded.
 *
 *     talkers ─▶ lab.watch ─▶ recording ─▶ invariants
 *        ▲
 *     actions, by a seed
 */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { eventLine, type HostOptions, Lab, recordingHeader, type Watch } from '../../lab/index.ts';
import { randomStream } from '../../lab/util/random.ts';
import { Actions } from './actions.ts';

export interface SoakOptions {
  readonly hosts: number;
  readonly seconds: number;
  readonly seed: string;
  /** With Python, and `integration/python/`. */
  readonly image: string;
  /** The file that is written. */
  readonly recording: string;
}

interface Soaked {
  readonly events: number;
  readonly actions: Readonly<Record<string, number>>;
  /** What could not be seen of it, or be done. */
  readonly troubles: readonly string[];
}

/** So many hosts share one thing that is done every second. */
const HOSTS_PER_ACTION = 30;
const ACTION_MS_MAX = 1000;
/** Started at once: each takes half a second of a processor. */
const AT_ONCE = 4;

export async function soak(options: SoakOptions): Promise<Soaked> {
  const { hosts, seconds, seed, recording } = options;
  await using lab = await Lab.start();
  const names = Array.from({ length: hosts }, (_, n) => `h${n + 1}`);
  await startTalkers(lab, names, options);
  const troubles: string[] = [];
  await using watch = await lab.watch({ onTrouble: ({ message }) => troubles.push(message) });
  const written = write(watch, recording);
  let hasEnded = false;
  const end = () => {
    hasEnded = true;
  };
  // Its error is reported below.
  written.then(end, end);
  const random = randomStream(seed, 'actions');
  const actions = new Actions(lab, names, random);
  const everyMs = ACTION_MS_MAX * Math.max(1, HOSTS_PER_ACTION / hosts / 4);
  for (const endMs = performance.now() + seconds * 1000; performance.now() < endMs && !hasEnded; ) {
    actions.begin();
    await pause(2 * random() * everyMs);
  }
  const failed = await actions.end();
  await watch.stop();
  return { events: await written, actions: actions.counts, troubles: [...troubles, ...failed] };
}

async function startTalkers(lab: Lab, names: string[], { image, seed }: SoakOptions) {
  const left = [...names];
  const start = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift())
      await lab.startHost(name, talker(name));
  };
  const talker = (name: string): HostOptions => ({
    image,
    command: ['talker.py', ...names.filter((other) => other !== name)],
    env: { SEED: seed },
    ready: /listening/,
  });
  await Promise.all(Array.from({ length: AT_ONCE }, start));
}

async function write(watch: Watch, path: string): Promise<number> {
  const file = createWriteStream(path);
  file.write(recordingHeader);
  let count = 0;
  for await (const event of watch) {
    count += 1;
    if (!file.write(eventLine(event))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return count;
}
