/** Makes an image of a program, whatever it is given as: a folder with a Dockerfile, a folder without one, or a file. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { baseImage } from '../../lab/index.ts';

const DOCKERFILE = fileURLToPath(new URL('Dockerfile', import.meta.url));

interface Language {
  /** The target of the Dockerfile. */
  readonly target: string;
  /** Of a program's files the one that is run. */
  readonly extension: string;
  readonly run: (file: string) => readonly string[];
}

const languages: readonly Language[] = [
  { target: 'python', extension: '.py', run: (file) => ['python3', file] },
];

/** A program that can be started. Disposing it removes the image again. */
export interface Built extends AsyncDisposable {
  readonly image: string;
  /** Default: that of the image. */
  readonly entrypoint?: readonly string[];
}

/** The program does not build: that is its failure, not the grader's. */
export class BuildError extends Error {
  override readonly name = 'BuildError';
}

/**
 * @param what a folder, or a file
 * @throws {TypeError} for what is no program that it knows.
 * @throws {BuildError} with what the build has printed.
 */
export async function buildProgram(what: string): Promise<Built> {
  const found = await stat(what).catch(() => undefined);
  if (found === undefined)
    throw new TypeError(`Cannot check ${what}: there is no such file or folder`);
  if (found.isDirectory() && (await exists(join(what, 'Dockerfile')))) return build([what]);
  const main = found.isDirectory() ? await mainOf(what) : basename(what);
  const language = languages.find(({ extension }) => extname(main) === extension);
  if (language === undefined) {
    const needed = `a Dockerfile, or ${languages.map(({ extension }) => `main${extension}`).join(', ')}`;
    throw new TypeError(`Cannot check ${what}: it must be or have ${needed}`);
  }
  const base = ['--build-arg', `NODE_IMAGE=${baseImage()}`];
  const args = ['--file', DOCKERFILE, '--target', language.target, ...base];
  const entrypoint = language.run(main);
  if (found.isDirectory()) return { ...(await build([...args, what])), entrypoint };
  // A build sends the whole folder to the engine, and beside a file may be anything.
  const folder = await mkdtemp(join(tmpdir(), 'socketlab-program-'));
  try {
    await cp(what, join(folder, main));
    return { ...(await build([...args, folder])), entrypoint };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function mainOf(folder: string): Promise<string> {
  for (const { extension } of languages) {
    if (await exists(join(folder, `main${extension}`))) return `main${extension}`;
  }
  return '';
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

const docker = promisify(execFile);

async function build(args: readonly string[]): Promise<Built> {
  try {
    const { stdout } = await docker('docker', ['build', '--quiet', ...args]);
    const image = stdout.trim();
    return {
      image,
      async [Symbol.asyncDispose]() {
        await docker('docker', ['image', 'rm', image]).catch(() => undefined); // another may be the same
      },
    };
  } catch (cause) {
    const { stderr = '', message } = cause as Error & { stderr?: string };
    throw new BuildError(stderr.trim() || message, { cause });
  }
}
