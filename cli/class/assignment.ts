/** What a class was asked to do, by what is typed: an exercise, or a role. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Submission } from '../../checks/class/submission.ts';
import type { Role } from '../../checks/roles/role.ts';
import { roles } from '../../checks/roles/roles.ts';
import {
  type Exercise,
  nameOf,
  numberOf,
  roleOf as roleOfExercise,
} from '../../exercises/exercise.ts';
import { exerciseNumbered } from '../../exercises/exercises.ts';
import { copiesIn, copyIn } from '../../exercises/working-copy.ts';
import { roleOf } from '../check/role-of.ts';
import { checkCommandAs } from '../exercise/check.ts';
import { quoted } from '../quoted.ts';
import { typed } from '../typed.ts';
import { distinctNames } from './distinct-names.ts';

export interface Asked {
  /** The number of an exercise. Default: that of the working copies. */
  readonly exercise?: string;
  /** In place of an exercise: the name of a role, or a module with one. */
  readonly role?: string;
}

export interface Assignment {
  readonly role: Role<unknown>;
  /** In the order in which they were typed. */
  readonly submissions: readonly Submission[];
  /** Files and folders whose contents say what is asked. */
  readonly sources: readonly string[];
  /** What to type to have a submission checked by itself. */
  readonly commandOf: (submission: Submission) => string;
}

const CHECKS = join(import.meta.dirname, '../../checks');

/** @throws {TypeError} where it cannot be told what is asked, or there is no submission; {RangeError} for an exercise that is not there. */
export async function assignmentOf(
  paths: readonly string[],
  { exercise: number, role: name }: Asked,
): Promise<Assignment> {
  if (paths.length === 0) throw new TypeError('There is no program to grade');
  for (const path of paths) {
    if (!(await stat(path).catch(() => undefined)))
      throw new TypeError(`Cannot grade ${path}: there is no such file or folder`);
  }
  const names = distinctNames(paths);
  if (name !== undefined) {
    const submissions = paths.map((path, at) => ({ name: names[at] ?? path, path }));
    const sources = [CHECKS, ...(Object.hasOwn(roles, name) ? [] : [name])];
    return { role: await roleOf(name), submissions, sources, commandOf: checkBy(name) };
  }
  const exercise =
    number === undefined ? await commonOf(await copiesAt(paths)) : exerciseNumbered(number);
  const programs = await Promise.all(paths.map((path) => copyWithin(path, exercise)));
  const copies = await copiesAt(programs);
  const submissions = programs.map((path, at) => ({ name: names[at] ?? path, path }));
  const role = roleOfExercise(exercise);
  return {
    role,
    submissions,
    sources: [CHECKS, exercise.folder],
    commandOf: (one) =>
      copies.get(one.path) === exercise
        ? typed(`exercise check ${quoted(one.path)}`)
        : checkCommandAs(exercise, one.path),
  };
}

const checkBy =
  (role: string) =>
  ({ path }: Submission) =>
    typed(['check', role, path].map(quoted).join(' '));

/** A folder, or the working copy of an exercise in it: of a student who has handed in all of them. */
async function copyWithin(path: string, exercise: Exercise): Promise<string> {
  const within = join(path, nameOf(exercise));
  return (await stat(within).catch(() => undefined)) ? within : path;
}

/** By path, of which exercise it is a working copy. */
async function copiesAt(
  paths: readonly string[],
): Promise<ReadonlyMap<string, Exercise | undefined>> {
  const copies = paths.map(async (path) => {
    // Of one whose state was spoilt the program can be graded all the same.
    const copy = await copyIn(resolve(path)).catch(() => undefined);
    return [path, copy?.exercise] as const;
  });
  return new Map(await Promise.all(copies));
}

/** @throws {TypeError} where they are not all of one exercise. */
async function commonOf(copies: ReadonlyMap<string, Exercise | undefined>): Promise<Exercise> {
  const how = `say which exercise with --exercise, as in --exercise 1, or which role with --role`;
  const unknown = [...copies].find(([, exercise]) => exercise === undefined);
  if (unknown) {
    const has = (await copiesIn(unknown[0])).length > 0 ? ', but has some in it' : '';
    throw new TypeError(
      `Cannot grade ${unknown[0]}: it is no working copy of an exercise${has}; ${how}`,
    );
  }
  const [exercise, ...others] = new Set(copies.values());
  if (exercise && others.length === 0) return exercise;
  const numbers = [...new Set(copies.values())].map((one) => one && numberOf(one));
  throw new TypeError(`Cannot grade exercises ${numbers.join(' and ')} together; ${how}`);
}
