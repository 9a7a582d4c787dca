/**
 * What an exercise is: a folder `NN-name/` with a page, programs to begin with, a reference solution, and this data.
 *
 *     README.md ─▶ the learner ─▶ questions: predict, then look (look/)
 *     starter/LANGUAGE/ ─▶ a working copy ─▶ the checks of a role that are this exercise's ─▶ checks/
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Check } from '../checks/check.ts';
import type { Role } from '../checks/roles/role.ts';
import type { Question } from './look/question.ts';

/** The languages that exercises can be begun in. Solved they can be in any that is checked. */
export const languages = ['python', 'typescript'] as const;

export type Language = (typeof languages)[number];

export interface Exercise {
  /** Its folder, `NN-name`, as `import.meta.dirname`. */
  readonly folder: string;
  readonly title: string;
  /** How long it takes somebody who does it for the first time. */
  readonly minutes: number;
  /** One of those of `checks/roles/`, or one of the exercise's own. */
  readonly role: Role<unknown>;
  /** The ids of the checks of the role that grade it, besides `builds` and `starts`. */
  readonly checks: readonly string[];
  /** Those of them that only give advice in the role, and must be passed here. */
  readonly required?: readonly string[];
  /** Those of them that are reached only when all others are passed, so that what is told first is the cause of the rest. */
  readonly last?: readonly string[];
  /** The check at which the starters fail, and the code of its finding. */
  readonly startersFail: { readonly check: string; readonly code: string };
  readonly questions: readonly Question[];
}

/** `01-from-loopback`. */
export const nameOf = ({ folder }: Exercise): string => basename(folder);

/** 1 of `01-from-loopback`. */
export const numberOf = (exercise: Exercise): number => Number.parseInt(nameOf(exercise), 10);

/** What its learner reads, in Markdown. */
export const readPage = ({ folder }: Exercise): Promise<string> =>
  readFile(join(folder, 'README.md'), 'utf8');

/** The role with the checks that grade an exercise. @throws {RangeError} if the role does not have one of them. */
export function roleOf({ role, checks, required = [], last = [] }: Exercise): Role<unknown> {
  const chosen = role.checks.filter(({ id }) => checks.includes(id));
  const absent = checks.filter((id) => !chosen.some((check) => check.id === id));
  if (absent.length > 0)
    throw new RangeError(`There is no check ${absent.join(', ')} of ${role.name}`);
  const asked = chosen
    .map((check) => (required.includes(check.id) ? demanded(check) : check))
    .map((check) => (last.includes(check.id) ? atLast(check) : check));
  return { ...role, checks: asked };
}

/** A check in the layer that stands on all others. */
const atLast = (check: Check<unknown>): Check<unknown> => ({ ...check, layer: 'stops' });

/** A check whose advice is a failure. */
function demanded(check: Check<unknown>): Check<unknown> {
  return {
    ...check,
    run: async (fixture) => {
      const finding = await check.run(fixture);
      if (finding === undefined) return undefined;
      const { isAdvice: _, ...failure } = finding;
      return failure;
    },
  };
}
