import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { allDone } from '../engine/all-done.ts';
import { baseImage } from '../engine/base-image.ts';
import { PROBE_REPOSITORY } from '../engine/containers.ts';
import { ask } from '../engine/docker.ts';
import { SOURCE } from '../engine/labels.ts';
import { packageFolder } from '../engine/package-folder.ts';
import { removeImage } from '../engine/remove.ts';
import { variable } from '../engine/variable.ts';
import { LabError } from '../model/lab-error.ts';
import { isFrom, isGone, sourceOf } from './image-source.ts';

let building: Promise<string> | undefined;
let name: string | undefined;

/**
 * The name of the probe image, which is built when it is first needed, and again when its contents have changed.
 *
 * @throws {LabError} if it cannot be built.
 */
export function probeImage(): Promise<string> {
  // Checked each time, as it may have been removed, but only once at a time.
  building ??= build().finally(() => {
    building = undefined;
  });
  return building;
}

/** Whether this machine has a probe image of any version: without one there has never been a probe. */
export async function hasProbeImage(): Promise<boolean> {
  return (await images(PROBE_REPOSITORY)).length > 0;
}

/**
 * Removes the probe images, or only finds those, that no container uses and that will not be used again: those of earlier states of
 * this folder, or of a folder that no longer exists. Another project may have another version of this package.
 *
 * @returns their names
 */
export async function sweepProbeImages({ dryRun = false }): Promise<string[]> {
  const [found, containers] = await Promise.all([
    images(PROBE_REPOSITORY),
    ask('list the containers', (engine) => engine.listContainers({ all: true })),
  ]);
  const used = new Set(containers.map(({ ImageID }) => ImageID));
  const old = found
    .filter(({ Id, Labels }) => !used.has(Id) && isUnneeded(Labels?.[SOURCE] ?? ''))
    .flatMap(({ RepoTags }) => RepoTags ?? [])
    .filter((tag) => tag.startsWith(`${PROBE_REPOSITORY}:`) && tag !== currentName());
  const removed = await allDone(
    old.map(async (tag) => (dryRun || (await removeImage(tag)) ? [tag] : [])),
  );
  return removed.flat();
}

/** Whether an image was built from an earlier state of this folder, or from one that no longer exists. */
const isUnneeded = (source: string) => isFrom(source, packageFolder()) || isGone(source);

function images(reference: string) {
  return ask('look for the probe image', (engine) =>
    engine.listImages({ filters: { reference: [reference] } }),
  );
}

/** Constant while the process runs: a process must not speak to probes of a newer version. */
function currentName(): string {
  name ??= `${PROBE_REPOSITORY}:${fingerprint(packageFolder())}`;
  return name;
}

async function build(): Promise<string> {
  const root = packageFolder();
  const image = currentName();
  if ((await images(image)).length > 0) return image;
  console.error(`socketlab: building the probe image, ${image}; this is done once`);
  // With Docker's command line: testcontainers would look for the base image in a registry, even if it is on this machine.
  const label = `${SOURCE}=${sourceOf(root)}`;
  const target = ['--target', 'probe', '--tag', image, '--label', label];
  const args = ['build', '--quiet', ...target, ...buildArgs(), root];
  try {
    await promisify(execFile)('docker', args);
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new LabError(
      'PROBE_FAILED',
      buildFailure(stderr.trim() || message, variable('NODE_IMAGE')),
      { cause },
    );
  }
  return image;
}

/** What could not be built, and from what: where no image can be pulled, the base image often has another name. */
export function buildFailure(why: string, base: string | undefined): string {
  const from =
    base === undefined
      ? `the base image "${baseImage()}"; if yours has another name, set NODE_IMAGE to it`
      : `the base image "${base}", which NODE_IMAGE names`;
  return `Cannot build the probe image from ${from}: ${why}`;
}

/** Changes with the folders that the image is built from; not with the base image, so that an image serves every project. */
function fingerprint(root: string): string {
  const hash = createHash('sha256');
  const files = probeFolders(root)
    .flatMap((folder) => filesIn(root, folder))
    .filter((file) => /\.(?:c|h|sh|ts)$/.test(file) && !/\.test\.ts$|\/testing\//.test(file))
    .sort();
  for (const file of ['Dockerfile', '.dockerignore', ...files]) {
    hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 12);
}

function filesIn(root: string, folder: string): string[] {
  const names = readdirSync(join(root, folder), { encoding: 'utf8', recursive: true });
  return names.map((name) => join(folder, name));
}

/** The folders of `lab/` that `.dockerignore` lets into the image. */
export function probeFolders(root: string): string[] {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  return lines.filter((line) => line.startsWith('!lab/')).map((line) => line.slice(1));
}

/** The base image, if one is configured. */
function buildArgs(): string[] {
  const image = variable('NODE_IMAGE');
  return image === undefined ? [] : ['--build-arg', `NODE_IMAGE=${image}`];
}
