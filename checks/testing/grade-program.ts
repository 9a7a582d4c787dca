/** Grades programs whose answer is known, and says where the grader is wrong. */
import { join } from 'node:path';
import type { Report } from '../check.ts';
import { grade } from '../grade.ts';
import { type Built, buildProgram } from '../program/build.ts';
import type { Role } from '../roles/role.ts';
import { roles } from '../roles/roles.ts';
import { PROGRAMS, type TestProgram } from './programs.ts';

/** @param build default: it is built now, and its image is removed afterwards */
export async function gradeProgram(
  { file, role }: TestProgram,
  seed: string,
  build: () => Promise<Built> = () => buildProgram(join(PROGRAMS, file)),
): Promise<Report> {
  const { report } = await grade(roles[role] as Role<unknown>, { program: file, seed, build });
  return report;
}

/** What should have been found, and what was; nothing where they are the same. */
export function falseVerdict({ finding }: TestProgram, report: Report): string | undefined {
  const first = firstFinding(report);
  if (finding === undefined) return report.verdict === 'passed' ? undefined : `is ${first}`;
  const expected = `${finding.check}: ${finding.code}`;
  return first === expected ? undefined : `must be told ${expected}, but is told ${first}`;
}

/** A failure, or else advice. */
function firstFinding({ verdict, why, results }: Report): string {
  const found = results.filter((one) => one.finding !== undefined);
  const first = found.find((one) => one.verdict === 'failed') ?? found[0];
  if (first) return `${first.check.id}: ${first.finding?.code}`;
  return why === undefined ? verdict : `${verdict}: ${why}`;
}
