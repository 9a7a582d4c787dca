/** Makes an image of a program, whatever it is given as: a folder with a Dockerfile, a folder without one, or a file. */
import { cp, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { baseImage } from '../../lab/index.ts';
import { buildImage, type ImageOptions, removeImage } from './image.ts';
import { exists, type Language, languageOf, languages, mainFileOf } from './language.ts';

const DOCKERFILE = fileURLToPath(new URL('Dockerfile', import.meta.url));

/** For the build of any program. */
export type BuildOptions = Omit<ImageOptions, 'ownStage'>;

/** A program that can be started. Disposing it removes the image again. */
export interface Built extends AsyncDisposable {
  readonly image: string;
  /** Default: that of the image. */
  readonly entrypoint?: readonly string[];
}

/**
 * @param what a folder, or a file
 * @throws {TypeError} for what is not a program it knows.
 * @throws {BuildError} with what the build has printed, when it is the program that does not build.
 * @throws {LabError} when it cannot be built here, whatever the program is.
 */
export async function buildProgram(what: string, options: BuildOptions = {}): Promise<Built> {
  const found = await stat(what).catch(() => undefined);
  if (found === undefined)
    throw new TypeError(`Cannot check ${what}: there is no such file or folder`);
  if (!found.isDirectory()) return buildFile(what, options);
  if (await exists(join(what, 'Dockerfile')))
    return removedLater(await buildImage([what], options));
  const main = await mainFileOf(what);
  const language = main && languageOf(main);
  if (!language) throw unknown(what);
  return build(what, { main, language }, options);
}

async function buildFile(file: string, options: BuildOptions): Promise<Built> {
  const main = basename(file);
  const language = languageOf(main);
  if (!language) throw unknown(file);
  // A build sends the whole folder to the engine, and beside a file may be anything.
  const folder = await mkdtemp(join(tmpdir(), 'socketlab-program-'));
  try {
    await cp(file, join(folder, main), { dereference: true });
    return await build(folder, { main, language }, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function build(
  folder: string,
  { main, language }: { readonly main: string; readonly language: Language },
  options: BuildOptions,
): Promise<Built> {
  const settings = ['--build-arg', `NODE_IMAGE=${baseImage()}`, '--build-arg', `MAIN=${main}`];
  const how = ['--file', DOCKERFILE, '--target', language.name, ...settings];
  // Only these stages are the program's own; what else fails would fail for every program.
  const image = await buildImage([...how, folder], { ...options, ownStage: /-built$/ });
  return { ...removedLater(image), entrypoint: language.run(main) };
}

function removedLater(image: string): Built {
  return { image, [Symbol.asyncDispose]: () => removeImage(image) };
}

function unknown(what: string): TypeError {
  const mains = languages.flatMap(({ extensions }) => extensions.map((one) => `main${one}`));
  const endings = languages.flatMap(({ extensions }) => extensions);
  const needed = `a folder with a Dockerfile or one of ${mains.join(', ')}, or a file that ends in ${endings.join(', ')}`;
  return new TypeError(`Cannot check ${what}: it must be ${needed}`);
}
