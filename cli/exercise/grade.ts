import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Report } from '../../checks/check.ts';
import { csv } from '../../checks/report/csv.ts';
import { toJson } from '../../checks/report/json.ts';
import { junit } from '../../checks/report/junit.ts';
import { plain } from '../../lab/diagram/styles.ts';
import { numberOption } from '../amount-option.ts';
import { againBy } from '../check/again-by.ts';
import { drawnText } from '../check/drawn-text.ts';
import { type Asked, type Assignment, assignmentOf } from '../class/assignment.ts';
import { AT_ONCE, atOnceHere } from '../class/at-once.ts';
import { ClassFolder } from '../class/class-folder.ts';
import { classText } from '../class/class-text.ts';
import { gradeRest } from '../class/grade-rest.ts';
import { progressText } from '../class/progress-text.ts';
import { cannotWrite, requireWritable } from '../file.ts';
import { leaveOut } from '../inherited-options.ts';
import { show } from '../progress-line.ts';
import { withOwnHosts } from '../with-own-hosts.ts';

interface Options extends Asked {
  readonly report: string;
  readonly csv?: string;
  readonly junit?: string;
  readonly json?: boolean;
  readonly atOnce?: number;
  readonly seed?: string;
  readonly again?: boolean;
}

/** `./socketlab exercise grade`: grades the programs of a class. */
export function gradeVerb(): Command {
  return leaveOut(new Command('grade'), '--into', '--language', '--project')
    .description('grade the programs of a class: a table, and a page for each and for all')
    .argument(
      '<program...>',
      'the working copies of an exercise, or folders or files with a program',
    )
    .option('--exercise <number>', 'the exercise; default: that of the working copies')
    .addOption(
      new Option(
        '--role <name>',
        'in place of an exercise: a role, or a module with one of your own',
      ).conflicts('exercise'),
    )
    .option('--report <folder>', 'where the pages and the results are kept', 'class-report')
    .option('--csv <file>', 'also write the table for a spreadsheet')
    .option('--junit <file>', 'also write it as JUnit XML')
    .option('--json', 'print the reports as JSON')
    .addOption(
      numberOption('--at-once <number>', 'how many at once; default: by this machine', AT_ONCE),
    )
    .option('--seed <text>', 'the values of an earlier run; all are asked the same in any case')
    .option('--again', 'grade all anew, also those whose results were kept')
    .addHelpText(
      'after',
      '\nWhat was interrupted goes on where it was when the same command is typed again.' +
        '\n\nExit code: 0 all were graded, 2 some could not be',
    )
    .action(gradeAll);
}

async function gradeAll(paths: string[], options: Options): Promise<void> {
  const own = [options.report, options.csv, options.junit].map((file) => file && resolve(file));
  // Where they are among the programs, `*` means them, too, the next time.
  const programs = paths.filter((path) => !own.includes(resolve(path)));
  const assignment = await assignmentOf(programs, options);
  for (const file of [options.csv, options.junit]) if (file) await requireWritable(file);
  const folder = await ClassFolder.open(options.report, options.again === true);
  await withOwnHosts(async (signal) => {
    await tell(
      await gradeAndShow(assignment, folder, { ...options, signal }),
      assignment,
      folder,
      options,
    );
  });
}

/** Where it is asked for, and on standard output. */
async function tell(
  reports: readonly Report[],
  assignment: Assignment,
  folder: ClassFolder,
  options: Options,
): Promise<void> {
  await folder.writeTable(reports);
  if (options.csv) await write(options.csv, csv(reports));
  if (options.junit) await write(options.junit, junitOf(reports, assignment));
  if (reports.some(({ verdict }) => verdict === 'not-graded')) process.exitCode = 2;
  console.log(options.json ? toJson(reports, 2) : `${classText(reports)}\n\n${whereText(options)}`);
}

const whereText = ({ report }: Options) =>
  `What happened, of each and of all: ${join(report, 'index.html')}`;

/** With progress; where it is interrupted, with how to go on. */
async function gradeAndShow(
  assignment: Assignment,
  folder: ClassFolder,
  {
    report,
    signal,
    atOnce = atOnceHere(),
    seed = folder.kept.seed ?? newSeed(),
  }: Options & { readonly signal: AbortSignal },
): Promise<Report[]> {
  const all = assignment.submissions.length;
  const beganMs = Date.now();
  let done = 0;
  let kept: number | undefined;
  const onReports = (reports: readonly Report[]) => {
    done = reports.filter(({ verdict }) => verdict !== 'not-graded').length;
    kept ??= done;
    const passed = reports.filter(({ verdict }) => verdict === 'passed').length;
    show(progressText({ done, kept, all, passed, tookMs: Date.now() - beganMs }));
  };
  try {
    return await gradeRest(assignment, { folder, seed, atOnce, signal, onReports });
  } catch (error) {
    show('');
    if (signal.aborted)
      console.error(
        `socketlab: Interrupted: ${done} of ${all} are graded, and kept in ${report}. The same command goes on from there.`,
      );
    throw error;
  } finally {
    show('');
  }
}

const newSeed = () => randomBytes(4).toString('hex');

function junitOf(reports: readonly Report[], { submissions, commandOf }: Assignment): string {
  const commands = new Map(submissions.map((one) => [one.name, commandOf(one)]));
  return junit(
    reports.map((report) => {
      const again = againBy(commands.get(report.program) ?? '', report);
      return { report, textOf: drawnText(again)(plain) };
    }),
  );
}

async function write(file: string, content: string): Promise<void> {
  await writeFile(file, content).catch((error) => {
    throw cannotWrite(file, error);
  });
}
