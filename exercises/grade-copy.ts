import { type Graded, type GradeOptions, grade } from '../checks/grade.ts';
import { buildProgram } from '../checks/program/build.ts';
import { roleOf } from './exercise.ts';
import type { WorkingCopy } from './working-copy.ts';

/**
 * Grades what is in a working copy by the checks of its exercise.
 *
 * @param options.program what people call it; default: the path of its folder
 * @throws {TypeError} if there is no program in it; {RangeError} for a check that the exercise does not have.
 */
export function gradeCopy(
  { folder, exercise }: Pick<WorkingCopy, 'folder' | 'exercise'>,
  options: Omit<GradeOptions, 'program' | 'build'> & { readonly program?: string } = {},
): Promise<Graded> {
  const { signal } = options;
  const build = () => buildProgram(folder, { ...(signal && { signal }) });
  return grade(roleOf(exercise), { program: folder, ...options, build });
}
