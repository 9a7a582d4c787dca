import { type Command, Option } from 'commander';
import { type Format, formats } from './print-report.ts';
import type { ReportFiles } from './write-reports.ts';

/** Of every verb that grades a program. */
export interface GradingOptions extends ReportFiles {
  readonly seed?: string;
  readonly only?: string;
  readonly format: Format;
  readonly watch?: boolean;
}

/** Adds the options, and what the exit codes mean. */
export function addGradingOptions(verb: Command): Command {
  return verb
    .option('--seed <text>', 'repeat a run: the same seed gives the same values')
    .option('--only <check>', 'only this check, and those that it stands on')
    .addOption(
      new Option('--format <name>', 'what is printed; the last two are points for a grading system')
        .choices(formats)
        .default('text'),
    )
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }))
    .option('--junit <file>', 'also write the report as JUnit XML')
    .option('--markdown <file>', 'also write it as Markdown, as for $GITHUB_STEP_SUMMARY')
    .option(
      '--report <folder>',
      'also write a page that plays what happened, the packets and the recording',
    )
    .addOption(new Option('--watch', 'check it again whenever it is saved').conflicts('image'))
    .addHelpText('after', '\nExit code: 0 passed, 1 failed, 2 could not be graded');
}
