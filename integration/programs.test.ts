/** Programs that are wrong as learners are, and right ones, are graded; what is told of a wrong one is in the text beside it. */
import { join } from 'node:path';
import { test } from 'vitest';
import type { CheckResult } from '../checks/check.ts';
import { findingText } from '../checks/feedback/finding-text.ts';
import { reportText } from '../checks/feedback/report-text.ts';
import { falseVerdict, gradeProgram } from '../checks/testing/grade-program.ts';
import { PROGRAMS, shortForm, testPrograms } from '../checks/testing/programs.ts';
import { findingDiagram } from '../cli/check/finding-diagram.ts';
import { plain } from '../lab/diagram/styles.ts';
import { Slots } from '../lab/util/slots.ts';
import { withoutChance } from './support/without-chance.ts';

/** All of them, which take some ten minutes, with `ALL_PROGRAMS=1`. */
const takesAll = process.env['ALL_PROGRAMS'] !== undefined;
const programs = takesAll ? testPrograms() : shortForm(testPrograms());
/** Each has up to a dozen hosts at work. The few of the short form have other tests beside them. */
const slots = new Slots(2);
const inTurn = takesAll ? test.concurrent : test;

inTurn.for(programs)('$file is graded as it should be', async (program, { expect }) => {
  const { file, finding, varies } = program;
  const report = await slots.take(() => gradeProgram(program, 'golden'));
  expect(falseVerdict(program, report)).toBeUndefined();
  if (finding === undefined) return;
  const again = `./socketlab check ${report.role} ${file}`;
  const draw = (result: CheckResult) => findingDiagram(result, plain);
  const [first] = report.results.filter((one) => one.finding && !one.finding.isAdvice);
  if (first) expect(findingText(first, { again, draw }).length).toBeLessThan(2000);
  const text = reportText(report, (result) => findingText(result, { again }));
  const golden = join(PROGRAMS, file.replace(/\.\w+$/, '.txt'));
  if (!varies) await expect(withoutChance(text)).toMatchFileSnapshot(golden);
});
