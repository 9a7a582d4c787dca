import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { ask } from './docker.ts';
import { LabError } from './error.ts';

/** The package's own folder: the one with the Dockerfile. */
const ROOT = [join(import.meta.dirname, '..'), join(import.meta.dirname, '../..')].find((folder) =>
  existsSync(join(folder, 'Dockerfile')),
);

/** What the image is made of. */
const PROBE_FILES = [
  'Dockerfile',
  'lab/{connect,lifeline}.ts',
  'lab/trace/*.{sh,ts}',
  'lab/wire/*.ts',
];

let built: Promise<string> | undefined;

/**
 * The name of the image that probes run: it is built when it is first needed, and again when what is in it has changed.
 *
 * @throws {LabError} when it cannot be built.
 */
export function probeImage(): Promise<string> {
  built ??= build().catch((error: unknown) => {
    built = undefined;
    throw error;
  });
  return built;
}

async function build(): Promise<string> {
  if (ROOT === undefined) throw new Error('The Dockerfile of the package is missing.');
  const image = `socketlab/probe:${fingerprint(ROOT)}`;
  const existing = await ask('look for the probe image', (engine) =>
    engine.listImages({ filters: { reference: [image] } }),
  );
  if (existing.length > 0) return image;
  console.error(`socketlab: building the image of the probes, ${image}; this is done once`);
  // The command line, as testcontainers would first look for the base image in a registry, also when it is here.
  const args = ['build', '--quiet', '--target', 'probe', '--tag', image, ...buildArgs(ROOT), ROOT];
  try {
    await promisify(execFile)('docker', args);
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    const why = `Cannot build the image of the probes: ${stderr.trim() || message}`;
    throw new LabError('PROBE_FAILED', why, { cause });
  }
  return image;
}

/** Changes when anything does that the image is made of. */
function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const files = globSync(PROBE_FILES, { cwd: root }).sort();
  for (const file of files.filter((name) => !name.endsWith('.test.ts'))) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.update(buildArgs(root).join()).digest('hex').slice(0, 12);
}

/** Names the base image, where the environment or the set-up's `.env` does. */
function buildArgs(root: string): string[] {
  const file = join(root, '.env');
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  const image = process.env['NODE_IMAGE'] ?? fromFile['NODE_IMAGE'];
  return image === undefined ? [] : ['--build-arg', `NODE_IMAGE=${image}`];
}
