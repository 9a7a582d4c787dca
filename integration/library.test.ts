/** The package, as another project has it: packed, installed, type-checked and used, as documented. */
import { execFile } from 'node:child_process';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { variable } from '../lab/engine/variable.ts';
import { sweep } from '../lab/index.ts';
import { nameInRun } from './support/docker.ts';
import { imageOf } from './support/images.ts';
import { readWalk } from './support/walk.ts';

const ROOT = join(import.meta.dirname, '..');
const README = join(ROOT, 'README.md');
const PAGE = join(ROOT, 'docs/testing-across-hosts.md');
/** What is read at run time, and is no code that the compiler would bring along. */
const PACKED = [
  'Dockerfile',
  'dist/checks/lecture/tcp-server.py',
  'docs/api/socketlab.md',
  'docs/testing-across-hosts.md',
  'dist/checks/program/Dockerfile',
  'dist/web/page/index.html',
  'dist/web/page/report.css',
  'lab/in-probe/trace/main.ts',
];
const NOT_PACKED = /\.test\.|(?:^|\/)(?:testing|recordings|integration|bench|services)\//;

test('another project installs the package, and tests a service of its own as documented', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'socketlab-library-'));
  const [project, image] = [folder.path, nameInRun(inject('runId'), 'key-value')];
  const { files, commands } = readWalk(PAGE);
  const examples = [...files, ...readWalk(README).files];
  const hasIpv6 = inject('lacksIpv6') === '';
  const tarball = await pack(project);
  for (const [name, text] of examples) {
    const lines = text.split('\n').filter((line) => hasIpv6 || !line.includes('family: 6'));
    const code = lines
      .join('\n')
      .replaceAll("'key-value'", `'${image}'`)
      .replaceAll(/'socketlab\/(tcp-\w+)'/g, (_, role) => `'${imageOf(inject('runId'), role)}'`);
    await writeFile(join(project, name), code);
  }
  const stand: Stand = { tarball, image, ...(await versions()) };

  try {
    for (const command of commands) await run(standIn(command, stand), project);
  } finally {
    await sweep(); // what a test of the walk left that was killed
  }

  // The walk may have found the image of the probes here already, from the same sources.
  const probe = nameInRun(inject('runId'), 'probe');
  const build = `docker build --quiet --build-arg NODE_IMAGE --target probe --tag ${probe}`;
  await run(`${build} node_modules/socketlab`, project);
  expect(await run('npx socketlab --help', project)).toContain('Usage: socketlab');
});

/** @throws {Error} if it leaves a file behind in this folder. */
async function pack(into: string): Promise<string> {
  const before = await run('git status --short --ignored', ROOT);
  const printed = await run(`npm pack --json --pack-destination ${into}`, ROOT);
  const [{ filename, files }] = JSON.parse(printed.slice(printed.indexOf('[')));
  const paths: string[] = files.map(({ path }: { path: string }) => path);
  expect(paths.filter((path) => NOT_PACKED.test(path))).toEqual([]);
  expect(paths).toEqual(expect.arrayContaining(PACKED));
  expect(await run('git status --short --ignored', ROOT)).toBe(before);
  return join(into, filename);
}

/** Those of the lock file, so that a release of somebody else's cannot fail this test. */
async function versions(): Promise<{ vitest: string; typescript: string }> {
  const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));
  const version = (name: string): string => packages[`node_modules/${name}`].version;
  return { vitest: version('vitest'), typescript: version('typescript') };
}

/** What is here in place of what the reader has. */
interface Stand {
  readonly tarball: string;
  readonly image: string;
  readonly vitest: string;
  readonly typescript: string;
}

function standIn(command: string, { tarball, image, vitest, typescript }: Stand): string {
  return command
    .replace('npm pack ../socketlab', ':') // it is here already
    .replace(/(?<=npm install )(.*) \S+\.tgz/, `--ignore-scripts $1 ${tarball}`)
    .replace(/ vitest typescript$/m, ` vitest@${vitest} typescript@${typescript}`)
    .replace('--tag key-value', `--build-arg NODE_IMAGE --tag ${image}`);
}

/** Runs a command with the Node of this process. @throws {Error} with all that it printed, when it fails. */
async function run(command: string, folder: string): Promise<string> {
  const env = {
    ...process.env,
    NODE_IMAGE: variable('NODE_IMAGE'),
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_loglevel: 'error',
    npm_config_prefer_offline: 'true',
  };
  try {
    const { stdout } = await promisify(execFile)('bash', ['-euc', command], { cwd: folder, env });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as Error & { stdout: string; stderr: string };
    throw new Error(`"${command.trim()}" failed:\n${stdout}\n${stderr}`, { cause: error });
  }
}
