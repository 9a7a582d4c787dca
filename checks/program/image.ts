import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builderLabel } from '../../lab/index.ts';
import { buildFailure, timeoutFailure } from './build-failure.ts';

const docker = promisify(execFile);

/** Compilers have to be fetched first. */
const BUILD_MS = 600_000;
const REMOVAL_MS = 120_000;
const GIB = 2 ** 30;
/**
 * All that BuildKit has in the way of limits, and each process has them for itself: its memory, and the length of a file. Not the
 * number of processes, which the kernel counts for a user of the machine, and never for root.
 */
const LIMITS = [`data=${4 * GIB}`, `fsize=${2 * GIB}`, 'core=0'].flatMap((one) => [
  '--ulimit',
  one,
]);
const LOG_BYTES = 16 * 2 ** 20;

export interface ImageOptions {
  /** Ends the build. */
  readonly signal?: AbortSignal;
  /** The stages that are the program's own. Default: all of them. */
  readonly ownStage?: RegExp;
  /** How long it may take. Default: ten minutes. */
  readonly timeoutMs?: number;
}

/**
 * @param args for `docker build`
 * @returns the image's id; no other build has the same
 * @throws {BuildError} when a stage that is the program's own fails.
 * @throws {LabError} when anything else does.
 */
export async function buildImage(
  args: readonly string[],
  { signal = new AbortController().signal, ownStage, timeoutMs = BUILD_MS }: ImageOptions,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'socketlab-build-'));
  const idFile = join(folder, 'id');
  // Two programs that are the same are still two images, so that each can be removed by itself.
  const own = `socketlab.program=${randomBytes(8).toString('hex')}`;
  const labels = ['--label', own, '--label', builderLabel];
  const how = ['--progress', 'plain', '--iidfile', idFile, ...LIMITS, ...labels];
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    const options = { signal: AbortSignal.any([signal, limit]), maxBuffer: LOG_BYTES };
    await docker('docker', ['build', ...how, ...args], options);
    return await readFile(idFile, 'utf8');
  } catch (error) {
    signal.throwIfAborted();
    const cause = error as Error & { readonly stderr?: string };
    const { stderr: log = '' } = cause;
    const why = { cause, ...(ownStage && { ownStage }) };
    throw limit.aborted ? timeoutFailure(log, timeoutMs, why) : buildFailure(log, why);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Also while a container that is being removed still has it. An engine that does not answer is not waited for. */
export async function removeImage(image: string): Promise<void> {
  const args = ['image', 'rm', '--force', image];
  await docker('docker', args, { timeout: REMOVAL_MS }).catch(() => undefined);
}
