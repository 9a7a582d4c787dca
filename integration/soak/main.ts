/** Records a lab under random faults, and checks what its timeline says: `npm run soak -- --help`. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { variable } from '../../lab/engine/variable.ts';
import { checkRecording } from './check.ts';
import { soak } from './soak.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHOWN_MAX = 20;

interface Values {
  readonly hosts: string;
  readonly seconds: string;
  readonly seed?: string;
  readonly image?: string;
  readonly check?: string;
}

const values = new Command('npm run soak --')
  .description(
    'Records a lab under random faults, and checks what its timeline says.\nWhat is wrong is printed with the seed, and then the recording is kept.',
  )
  .option('--hosts <count>', 'how many hosts', '30')
  .option('--seconds <seconds>', 'for how long', '600')
  .option('--seed <text>', 'the same seed gives the same actions (default: random)')
  .option('--image <name>', 'an image of the hosts (default: one with Python)')
  .option('--check <file>', 'check a recording again, in place of a new one')
  .parse()
  .opts<Values>();
const { seed = randomBytes(4).toString('hex') } = values;
const recording = values.check ?? (await record());
const { broken, summary } = await checkRecording(recording);
console.log(summary);
for (const line of broken.slice(0, SHOWN_MAX)) console.error(line);
if (broken.length > 0) {
  console.error(`${broken.length} statements do not hold; seed ${seed}, ${recording}`);
  process.exitCode = 1;
} else if (values.check === undefined) rmSync(recording);

async function record(): Promise<string> {
  const { hosts, seconds } = values;
  const folder = join(ROOT, 'test-results');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `soak-${seed}.jsonl`);
  // Our own sweep cleans up, which needs no image that might be unavailable.
  process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';
  const image = values.image ?? buildImage();
  console.log(`seed ${seed}: ${hosts} hosts, ${seconds} s`);
  const counts = { hosts: Number(hosts), seconds: Number(seconds) };
  const { events, actions, troubles } = await soak({ ...counts, seed, image, recording: path });
  console.log(`${events} events; done: ${JSON.stringify(actions)}`);
  for (const trouble of new Set(troubles)) console.log(trouble);
  return path;
}

function buildImage(): string {
  const tag = 'socketlab/python';
  const base = variable('NODE_IMAGE');
  const argument = base === undefined ? [] : ['--build-arg', `NODE_IMAGE=${base}`];
  const folder = join(ROOT, 'integration/python');
  execFileSync('docker', ['build', '--quiet', '--tag', tag, ...argument, folder]);
  return tag;
}
