import type { Report } from '../../checks/check.ts';
import { gradeClass, type Submission } from '../../checks/class/grade-class.ts';
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
  const reports = new Map<Submission, Report>();
  const keys = new Map<Submission, string>();
  for (const one of submissions) {
    const key = `${asked} ${await contentHash(one.path)}`;
    const kept = folder.kept.find(one.name, key);
    if (kept) reports.set(one, kept);
    else keys.set(one, key);
  }
  onReports([...reports.values()]);
  await gradeClass(role, [...keys.keys()], {
    seed,
    atOnce,
    signal,
    onGraded: async (one, graded) => {
      const { report } = graded;
      if (report.verdict !== 'not-graded') {
        await folder.writeProgram(graded, againBy(commandOf(one), report));
        // Once it is kept, its page is there.
        await folder.kept.keep(keys.get(one) ?? '', report);
      }
      reports.set(one, report);
      onReports([...reports.values()]);
    },
  });
  return submissions.flatMap((one) => reports.get(one) ?? []);
}
