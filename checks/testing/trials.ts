/** Grades all test programs again and again: `npm run trials -- --help`. */
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { baseImage, Lab } from '../../lab/index.ts';
import { type Built, buildProgram } from '../program/build.ts';
import { BuildError } from '../program/build-error.ts';
import { falseVerdict, gradeProgram } from './grade-program.ts';
import { PROGRAMS, type TestProgram, testPrograms } from './programs.ts';

/** It stops by itself, should nobody be left to stop it. */
const HUNGRY_S = 3600;

interface Values {
  readonly runs: string;
  readonly hungry: string;
  readonly only: string;
  readonly atOnce: string;
}

const values = new Command('npm run trials --')
  .description(
    'Grades all test programs again and again. Each false verdict is printed with the seed that repeats it.',
  )
  .option('--runs <count>', 'how many times', '1')
  .option(
    '--hungry <count>',
    'in so many of the last runs a neighbour takes all the processor time that it gets',
    '0',
  )
  .option('--only <text>', 'only programs whose path has this in it', '')
  .option('--at-once <count>', 'how many side by side', String(availableParallelism()))
  .parse()
  .opts<Values>();
// Our own sweep cleans up, which needs no image that might be unavailable.
process.env['TESTCONTAINERS_RYUK_DISABLED'] ??= 'true';

const runs = Number(values.runs);
const programs = testPrograms().filter(({ file }) => file.includes(values.only));
const counts = { graded: 0, 'not graded': 0, false: 0 };
await using images = new AsyncDisposableStack();
const builds = new Map<string, () => Promise<Built>>();
await eachAtOnce(async (program) => builds.set(program.file, await buildOnce(program)));
for (let run = 1; run <= runs; run += 1) await runAll(run, run > runs - Number(values.hungry));
console.log(`${programs.length} programs, ${runs} runs: ${JSON.stringify(counts)}`);
if (counts.false > 0) process.exitCode = 1;

async function runAll(run: number, isHungry: boolean): Promise<void> {
  const seed = randomBytes(4).toString('hex');
  await using _neighbour = isHungry ? await startHungry() : undefined;
  const beganMs = Date.now();
  await eachAtOnce(async (program) => {
    const report = await gradeProgram(program, seed, builds.get(program.file));
    counts.graded += 1;
    const problem = falseVerdict(program, report);
    if (problem === undefined) return;
    counts[report.verdict === 'not-graded' ? 'not graded' : 'false'] += 1;
    console.log(`run ${run}, seed ${seed}: ${program.file} ${problem}`);
  });
  const tookS = ((Date.now() - beganMs) / 1000).toFixed(0);
  console.log(`run ${run}${isHungry ? ', beside a hungry neighbour' : ''}: ${tookS} s`);
}

/** An image is built for all runs; what does not build fails anew in each. */
async function buildOnce({ file }: TestProgram): Promise<() => Promise<Built>> {
  const build = () => buildProgram(join(PROGRAMS, file));
  try {
    const built = images.use(await build());
    return async () => ({ ...built, async [Symbol.asyncDispose]() {} });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return build;
  }
}

async function eachAtOnce(action: (program: TestProgram) => Promise<unknown>): Promise<void> {
  const left = programs.values();
  const worker = async () => {
    for (const program of left) await action(program);
  };
  await Promise.all(Array.from({ length: Number(values.atOnce) }, worker));
}

/** A busy loop for each processor. */
async function startHungry(): Promise<AsyncDisposable> {
  const lab = await Lab.start();
  const loop = `timeout ${HUNGRY_S} sh -c "while :; do :; done"`;
  const command = `for _ in $(seq $(nproc)); do ${loop} & done; wait`;
  await lab.startHost('hungry', { image: baseImage(), entrypoint: ['sh', '-c', command] });
  return lab;
}
