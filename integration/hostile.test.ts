/** Programs that harm whoever runs them: each gets a verdict, the grader goes on, and nothing is left. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { findingText } from '../checks/feedback/finding-text.ts';
import { reportText } from '../checks/feedback/report-text.ts';
import { type Graded, grade } from '../checks/grade.ts';
import { type Built, buildProgram } from '../checks/program/build.ts';
import type { Role } from '../checks/roles/role.ts';
import { roles } from '../checks/roles/roles.ts';
import { OWNER, PURPOSE } from '../lab/engine/labels.ts';
import { thisProcess } from '../lab/engine/owner.ts';
import { chooseTracer } from '../lab/index.ts';
import { chosenTracer } from '../lab/trace/tracer.ts';
import { docker } from './support/docker.ts';
import { tracersHere } from './support/tracers.ts';

const PROGRAMS = new URL('../checks/testing/hostile/', import.meta.url).pathname;
const run = promisify(execFile);

/** Images of this test. */
const images: string[] = [];

/** Of this process, which may have run other tests; without its observer, which serves the next test, too. */
async function things(): Promise<string[]> {
  const filters = { label: [`${OWNER}=${thisProcess}`] };
  const [containers, networks] = [
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
  ];
  const hosts = (await containers).filter(({ Labels }) => Labels[PURPOSE] !== 'observer');
  return [...hosts, ...(await networks)].map(({ Id }) => Id);
}

let before: readonly string[];
beforeEach(async () => {
  before = await things();
});

afterEach(async () => {
  expect((await things()).filter((id) => !before.includes(id))).toEqual([]);
  for (const image of images.splice(0))
    await expect(docker.getImage(image).inspect()).rejects.toThrow('No such image');
});

interface HostileOptions {
  readonly build?: (file: string) => Promise<Built>;
  readonly timeoutMs?: number;
}

function gradeHostile(
  program: string,
  { build = buildProgram, ...others }: HostileOptions = {},
): Promise<Graded> {
  const noted = async () => {
    const built = await build(`${PROGRAMS}${program}`);
    images.push(built.image);
    return built;
  };
  // What they do to others they do from their first call on.
  const only = 'second-client';
  return grade(roles['tcp-server'] as Role<unknown>, { ...others, program, build: noted, only });
}

function expectPassed({ report }: Graded): void {
  expect(report.results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
  expect(report.verdict).toBe('passed');
}

function expectFailed({ report }: Graded, code: string, found: string): void {
  const failed = report.results.find(({ verdict }) => verdict === 'failed');
  expect(failed).toMatchObject({ finding: { code }, hint: expect.any(String) });
  const text = reportText(report, (result) => findingText(result, { again: './socketlab check' }));
  expect(text.replaceAll(/\s+/g, ' ')).toContain(found);
  expect(text).not.toMatch(/[^\P{C}\n]/u);
}

/**
 * How many ways there are to get at a process in disturbs-grader.py. With BPF there is none that it sees: it only looks for an
 * inspector.
 */
const ATTEMPTS = { strace: 23, bpf: 1 };

/** Those that slow everything down are graded with the long form of the test programs. */
const heavy = process.env['ALL_PROGRAMS'] !== undefined;
if (!heavy)
  console.log('fork-bomb, endless-output and one-large-file are graded with ALL_PROGRAMS=1');

const limited: readonly (readonly [program: string, code: string, found: string])[] = [
  ['memory-hog.py', 'out-of-memory', 'more than 512 MiB of memory'],
  ['terminal-escapes.py', 'program-ended', 'exit code 3'],
  ['fork-bomb.py', 'too-many-processes', 'more than 300 processes'],
];

test.each(limited.filter(([program]) => heavy || program !== 'fork-bomb.py'))(
  '%s fails as %s',
  async (program, code, found) => {
    expectFailed(await gradeHostile(program), code, found);
  },
);

test('a program that fills the disk fails for it, also where its files are in a volume', async () => {
  const build = (file: string) => buildFrom(file, ['USER root', 'VOLUME /volume']);
  const graded = await gradeHostile('fills-disk.py', { build });
  expectFailed(graded, 'too-much-on-disk', 'more than 256 MiB to the disk');
});

test.each(heavy ? ['endless-output.py', 'one-large-file.py'] : [])(
  '%s is graded like any other',
  async (program) => {
    expectPassed(await gradeHostile(program));
  },
);

test('a program whose checks take too long is not graded', async () => {
  const { report } = await gradeHostile('terminal-escapes.py', { timeoutMs: 60 });
  expect(report).toMatchObject({
    verdict: 'not-graded',
    why: expect.stringContaining('0.001 min'),
  });
});

test.each(await tracersHere())(
  'a program that runs as root cannot do anything to what watches it, by %s',
  async (tracer) => {
    const before = chosenTracer();
    chooseTracer(tracer);
    onTestFinished(() => chooseTracer(before));
    const build = (file: string) => buildFrom(file, ['USER root']);
    const graded = await gradeHostile('disturbs-grader.py', { build });
    expectPassed(graded);
    const lines = graded.events.flatMap((event) => (event.kind === 'log' ? event.line : []));
    expect(lines.filter((line) => line.startsWith('could'))).toEqual([]);
    const refused = new Set(lines.filter((line) => line.startsWith('refused: ')));
    expect(refused.size, `${[...refused].join('\n')}\n`).toBe(ATTEMPTS[tracer]);
    expect(lines).toContain('flooded');
    // What it does is seen to the end.
    const sends = graded.events.filter((event) => event.kind === 'call' && event.call === 'sendto');
    expect(sends.length).toBeGreaterThanOrEqual(2);
  },
);

/** @param instructions of a Dockerfile, which come on top of the program's image */
async function buildFrom(file: string, instructions: readonly string[]): Promise<Built> {
  await using plain = await buildProgram(file);
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-hostile-'));
  // A Dockerfile cannot begin with the id of an image.
  const name = `socketlab-hostile:${randomBytes(4).toString('hex')}`;
  await run('docker', ['tag', plain.image, name]);
  try {
    await writeFile(join(folder.path, 'Dockerfile'), [`FROM ${name}`, ...instructions].join('\n'));
    const { entrypoint = [] } = plain;
    return Object.assign(await buildProgram(folder.path), { entrypoint });
  } finally {
    await run('docker', ['image', 'rm', name]);
  }
}
