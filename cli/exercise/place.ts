/** Which working copies are meant, by where a command is typed. */

import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Exercise } from '../../exercises/exercise.ts';
import { copiesIn, copyAround, copyIn, type WorkingCopy } from '../../exercises/working-copy.ts';
import { typed } from '../typed.ts';

const HOME = 'my-exercises';

/** What has been typed of it. */
interface Where {
  /** The folder of a working copy. */
  readonly named?: string | undefined;
  /** The folder of all of them. */
  readonly into?: string | undefined;
}

/** The folder of the working copies: the one that is named, or that of the copy that it is typed in, or `my-exercises` here. */
export async function homeOf(named: string | undefined): Promise<string> {
  if (named !== undefined) return resolve(named);
  const here = process.cwd();
  const around = await copyAround(here);
  if (around) return dirname(around.folder);
  return (await copiesIn(here)).length > 0 ? here : join(here, HOME);
}

/**
 * The working copy that is named, or the one that a command is typed in, or else the one that was prepared last.
 *
 * @throws {TypeError} if there is none.
 */
export async function currentCopy({ named, into }: Where): Promise<WorkingCopy> {
  if (named !== undefined) {
    const copy = await copyIn(resolve(named));
    if (copy) return copy;
    throw new TypeError(`${named} must be a working copy of an exercise, but is none`);
  }
  const around = into === undefined ? await copyAround(process.cwd()) : undefined;
  if (around) return around;
  const home = await homeOf(into);
  const copies = await copiesIn(home);
  const last = copies.toSorted((a, b) => a.state.prepared.localeCompare(b.state.prepared)).at(-1);
  if (last) return last;
  const how = `begin one with "${typed('exercise 1')}", or name the folder of yours`;
  throw new TypeError(`There is no working copy of an exercise in ${shown(home)}: ${how}`);
}

/** The working copy of an exercise, by where a command is typed; undefined if it was not begun there. */
export async function copyOf(exercise: Exercise, into?: string): Promise<WorkingCopy | undefined> {
  const copies = await copiesIn(await homeOf(into));
  return copies.find((copy) => copy.exercise === exercise);
}

/** The path of a folder as it can be typed here, with its name; from here or from the root, whichever is shorter. */
export function shown(path: string): string {
  const fromHere = relative(process.cwd(), path) || join('..', basename(path));
  return fromHere.length < path.length ? fromHere : path;
}
