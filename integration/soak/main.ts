/**
 * Records a lab under random faults, and checks what its timeline says: `npm run soak -- [--hosts 30] [--seconds 600] [--seed TEXT]`,
 * or checks a recording again: `--check FILE`. What is wrong is printed with the seed, and then the recording is kept.
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { variable } from '../../lab/engine/variable.ts';
import { checkRecording } from './check.ts';
import { soak } from './soak.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHOWN_MAX = 20;

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '600' },
    seed: { type: 'string', default: randomBytes(4).toString('hex') },
    image: { type: 'string' },
    check: { type: 'string' },
  },
});
const recording = values.check ?? (await record());
const { broken, summary } = await checkRecording(recording);
console.log(summary);
for (const line of broken.slice(0, SHOWN_MAX)) console.error(line);
if (broken.length > 0) {
  console.error(`${broken.length} statements do not hold; seed ${values.seed}, ${recording}`);
  process.exitCode = 1;
} else if (values.check === undefined) rmSync(recording);

async function record(): Promise<string> {
  const { hosts, seconds, seed } = values;
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
