import type { Report } from '../../checks/check.ts';
import { gradeClass } from '../../checks/class/grade-class.ts';
import { gradeSubmission, type Submission } from '../../checks/class/submission.ts';
import { againBy } from '../check/again-by.ts';
import type { Assignment } from './assignment.ts';
import type { ClassFolder } from './class-folder.ts';
import { contentHash } from './content-hash.ts';

export interface RestOptions {
  readonly folder: ClassFolder;
  readonly seed: string;
  readonly atOnce: number;
  readonly signal: AbortSignal;
  /** Told of all that there is whenever there is more, and first of what was kept. */
  readonly onReports: (reports: readonly Report[]) => void;
}

/** With what its result is kept by. */
interface Keyed extends Submission {
  readonly key: string;
}

/**
 * Grades those of a class that were not graded yet as they are now, and keeps each result as soon as it is there.
 *
 * @returns all, in the order of the submissions
 * @throws the reason of the signal when it is interrupted; when a result cannot be written.
 */
export async function gradeRest(
  { role, submissions, sources, commandOf }: Assignment,
  { folder, seed, atOnce, signal, onReports }: RestOptions,
): Promise<Report[]> {
  const asked = `${role.name} ${seed} ${await contentHash(...sources)}`;
  const reports = new Map<string, Report>();
  const rest: Keyed[] = [];
  for (const { name, path } of submissions) {
    const key = `${asked} ${await contentHash(path)}`;
    const kept = folder.kept.find(name, key);
    if (kept) reports.set(name, kept);
    else rest.push({ name, path, key });
  }
  onReports([...reports.values()]);
  await gradeClass(rest, {
    grade: (one, aborted) => gradeSubmission(role, one, { seed, signal: aborted }),
    atOnce,
    signal,
    onGraded: async (one, graded) => {
      const { report } = graded;
      if (report.verdict !== 'not-graded') {
        await folder.writeProgram(graded, againBy(commandOf(one), report));
        // Once it is kept, its page is there.
        await folder.kept.keep(one.key, report);
      }
      reports.set(one.name, report);
      onReports([...reports.values()]);
    },
  });
  return submissions.flatMap(({ name }) => reports.get(name) ?? []);
}
