import { type Graded, grade } from '../grade.ts';
import { buildProgram } from '../program/build.ts';
import { BuildError } from '../program/build-error.ts';
import type { Role } from '../roles/role.ts';

/** What somebody has handed in. */
export interface Submission {
  /** What it is called in reports: no other one of the class has the same. */
  readonly name: string;
  /** A folder, or a file. */
  readonly path: string;
}

export interface SubmissionOptions {
  readonly seed: string;
  /** Ends the run, and removes all that it has begun. */
  readonly signal: AbortSignal;
}

/**
 * Grades one of many: whatever it is, and whatever goes wrong, is told in its report, so that the others are graded all the same.
 *
 * @throws the reason of the signal when the run is ended by it.
 */
export async function gradeSubmission(
  role: Role<unknown>,
  { name, path }: Submission,
  { seed, signal }: SubmissionOptions,
): Promise<Graded> {
  try {
    const build = () => buildProgram(path, { signal }).catch(noProgram);
    return await grade(role, { program: name, build, seed, signal });
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    const about = { role: role.name, program: name, seed };
    return { report: { ...about, verdict: 'not-graded', why, results: [] }, events: [] };
  }
}

/** Who hands in what is no program has failed, and is told so. */
function noProgram(error: unknown): never {
  if (error instanceof TypeError) throw new BuildError(error.message, { cause: error });
  throw error;
}
