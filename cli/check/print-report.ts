/** What a verb that grades a program prints on standard output. */
import { randomUUID } from 'node:crypto';
import type { Report } from '../../checks/check.ts';
import { reportText } from '../../checks/feedback/report-text.ts';
import { classroom50, submissionOf } from '../../checks/report/classroom50.ts';
import { annotations, withoutCommands } from '../../checks/report/github.ts';
import { gradescope } from '../../checks/report/gradescope.ts';
import { toJson } from '../../checks/report/json.ts';
import type { TextOf } from '../../checks/report/junit.ts';
import { paintFor, plain } from '../../lab/diagram/styles.ts';
import type { DrawnTextOf } from './drawn-text.ts';
import { sourceOf } from './source-of.ts';

export const formats = ['text', 'json', 'classroom50', 'gradescope'] as const;

export type Format = (typeof formats)[number];

export type Print = (report: Report, textOf: DrawnTextOf) => void | Promise<void>;

/** @throws {TypeError} for a format that cannot be written here, before anything is graded. */
export function printerOf(format: Format): Print {
  switch (format) {
    case 'text':
      return process.env['GITHUB_ACTIONS'] === 'true' ? printOnGitHub : printText;
    case 'json':
      return (report) => console.log(toJson(report, 2));
    case 'classroom50': {
      const submission = submissionOf(process.env);
      return score((report, textOf) =>
        classroom50(report, textOf, { submission, gradedAt: new Date() }),
      );
    }
    case 'gradescope':
      return score(gradescope);
  }
}

function printText(report: Report, textOf: DrawnTextOf): void {
  console.log(reportText(report, textOf(paintFor(process.stdout))));
}

async function printOnGitHub(report: Report, textOf: DrawnTextOf): Promise<void> {
  console.log(withoutCommands(reportText(report, textOf(plain)), randomUUID()));
  const file = await sourceOf(report.program, process.env['GITHUB_WORKSPACE']);
  for (const line of annotations(report, textOf(), file)) console.log(line);
}

/** A system that finds nothing to read notes an error; whatever it could read would be a score. */
function score(resultOf: (report: Report, textOf: TextOf) => object): Print {
  return (report, textOf) => {
    if (report.verdict === 'not-graded') console.error(reportText(report, textOf(plain)));
    else console.log(JSON.stringify(resultOf(report, textOf(plain)), undefined, 2));
  };
}
