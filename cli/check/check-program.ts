/** What every verb that grades a program does: grade, write the reports, and print what was found. */
import type { Report } from '../../checks/check.ts';
import type { Graded, GradeOptions } from '../../checks/grade.ts';
import { plain } from '../../lab/diagram/styles.ts';
import { printable } from '../../lab/util/printable.ts';
import { untilAborted } from '../../lab/util/until-aborted.ts';
import { INTERRUPTED } from '../interruption.ts';
import { show } from '../progress-line.ts';
import { withOwnHosts } from '../with-own-hosts.ts';
import { againAtEachSave } from './again-at-each-save.ts';
import { againBy } from './again-by.ts';
import { drawnText } from './drawn-text.ts';
import type { GradingOptions } from './grading-options.ts';
import { type Print, printerOf } from './print-report.ts';
import { prepareReports, writeReports } from './write-reports.ts';

const exitCodes = { passed: 0, failed: 1, 'not-graded': 2 } as const;

export type RunOptions = Omit<GradeOptions, 'program' | 'build'> & { readonly signal: AbortSignal };

export interface ProgramToCheck {
  /** Where it is, if it can change. */
  readonly path: string;
  readonly grade: (options: RunOptions) => Promise<Graded>;
  /** What has been typed to check it, without options. */
  readonly command: string;
  /** The real paths of what `onReport` writes. */
  readonly writes?: readonly string[];
  /** Told of each report, when it has been printed. */
  readonly onReport?: (report: Report) => Promise<void>;
}

/**
 * Checks a program once, or with `watch` until Ctrl-C. Sets the exit code of the process, and ends it when it is interrupted.
 *
 * @throws {TypeError} for what is no program, or a format that cannot be written here; {RangeError} for a check that the role does
 *   not have; when a report cannot be written.
 */
export async function checkProgram(what: ProgramToCheck, options: GradingOptions): Promise<void> {
  const print = printerOf(options.format);
  const reports = await prepareReports(options);
  const except = new Set([...reports, ...(what.writes ?? [])]);
  await withOwnHosts(
    async (signal) => {
      const run = (saved?: string) => {
        if (saved !== undefined)
          console.error(`socketlab: ${printable(saved)} has changed: checking again`);
        return checkOnce(what, { ...options, print, signal });
      };
      if (options.watch) await againAtEachSave(what.path, { signal, except }, run);
      else await run();
    },
    // Nothing else ends a watch.
    options.watch ? 0 : INTERRUPTED,
  );
}

interface Running {
  readonly print: Print;
  readonly signal: AbortSignal;
}

async function checkOnce(
  { grade, command, onReport }: ProgramToCheck,
  { seed, only, print, signal, ...files }: GradingOptions & Running,
): Promise<void> {
  const graded = await grade({
    signal,
    ...(seed !== undefined && { seed }),
    ...(only !== undefined && { only }),
    onProgress: ({ title }) => show(title),
  });
  show('');
  const { report } = graded;
  const again = againBy(command, report);
  const textOf = drawnText(again);
  await untilAborted(writeReports(graded, { textOf: textOf(plain), again }, files), signal);
  await print(report, textOf);
  process.exitCode = exitCodes[report.verdict];
  await onReport?.(report);
}
