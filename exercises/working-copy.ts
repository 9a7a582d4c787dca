/**
 * The folder in which somebody does an exercise: a starter to begin with, which is theirs from then on, and a file with their
 * progress. Working copies of several exercises are in one folder, their home.
 */
import { cp, mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Exercise, type Language, nameOf } from './exercise.ts';
import { exerciseNamed } from './exercises.ts';

const STATE = '.exercise.json';

export interface WorkingCopy {
  readonly folder: string;
  readonly exercise: Exercise;
  readonly state: State;
}

/** Times are in ISO 8601. */
interface State {
  /** The name of its exercise: `01-from-loopback`. */
  readonly exercise: string;
  readonly prepared: string;
  /** When it passed for the first time. */
  readonly passed?: string;
}

/**
 * Makes a working copy of an exercise, as a folder of its name; none where there is one already: that is left as it is.
 *
 * @throws {TypeError} if there is something else under that name.
 */
export async function prepare(
  exercise: Exercise,
  { home, language }: { readonly home: string; readonly language: Language },
): Promise<{ readonly copy: WorkingCopy; readonly isNew: boolean }> {
  const folder = join(home, nameOf(exercise));
  const known = await copyIn(folder);
  if (known) return { copy: known, isNew: false };
  if (await stat(folder).catch(() => undefined))
    throw new TypeError(
      `Cannot prepare a working copy in ${folder}: it must not be there yet, or have a file ${STATE}`,
    );
  await mkdir(home, { recursive: true });
  await cp(join(exercise.folder, 'starter', language), folder, { recursive: true });
  const state = { exercise: nameOf(exercise), prepared: new Date().toISOString() };
  await write(folder, state);
  return { copy: { folder, exercise, state }, isNew: true };
}

/** The real path of the file with the progress. */
export const stateFile = async ({ folder }: WorkingCopy): Promise<string> =>
  join(await realpath(folder), STATE);

/** Notes that it has passed. */
export async function notePassed({ folder, state }: WorkingCopy): Promise<void> {
  if (state.passed === undefined)
    await write(folder, { ...state, passed: new Date().toISOString() });
}

/** The working copy that a folder is; undefined if it is none. @throws {TypeError} if its state cannot be understood. */
export async function copyIn(folder: string): Promise<WorkingCopy | undefined> {
  const text = await readFile(join(folder, STATE), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const state: State = JSON.parse(text);
    return { folder, state, exercise: exerciseNamed(state.exercise) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TypeError(`Cannot read ${join(folder, STATE)}: ${why}`, { cause });
  }
}

/** The working copy that a folder is in, at any depth; undefined if it is in none. */
export async function copyAround(folder: string): Promise<WorkingCopy | undefined> {
  const found = await copyIn(folder);
  const parent = dirname(folder);
  return found ?? (parent === folder ? undefined : copyAround(parent));
}

/** All working copies in a home. */
export async function copiesIn(home: string): Promise<WorkingCopy[]> {
  const names = await readdir(home).catch(() => []);
  const all = await Promise.all(names.map((name) => copyIn(join(home, name))));
  return all.filter((one) => one !== undefined);
}

const write = (folder: string, state: State) =>
  writeFile(join(folder, STATE), `${JSON.stringify(state, undefined, 2)}\n`);
